using Firmware.Provisioning;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Provisioning
{
    /// <summary>Addresses for those who join the access point.</summary>
    [TestClass]
    public class DhcpTests
    {
        private const int Discover = 1;
        private const int Request = 3;
        private const int Release = 7;

        [TestMethod]
        public void Several_phones_get_addresses_of_their_own_and_keep_them()
        {
            DhcpResponder dhcp = new DhcpResponder();
            for (int phone = 0; phone < 8; phone++)
            {
                byte[] packet = Packet(Discover, phone);
                Assert.IsTrue(dhcp.Answer(packet, 300) >= 300);
                Assert.AreEqual(2, (int)packet[0]);
                Assert.AreEqual("2", Option(packet, 53));
                Assert.AreEqual(phone + 2, (int)packet[19]);
            }

            byte[] again = Packet(Request, 3);
            Put(again, 50, 192, 168, 4, 5);
            Assert.IsTrue(dhcp.Answer(again, 300) > 0);
            Assert.AreEqual("5", Option(again, 53));
            Assert.AreEqual("192.168.4.5", Address(again, 16));
        }

        [TestMethod]
        public void Answer_names_the_device_as_server_router_name_server_and_portal()
        {
            byte[] packet = Packet(Discover, 1);
            Assert.IsTrue(new DhcpResponder().Answer(packet, 300) > 0);
            Assert.AreEqual("192.168.4.1", Option(packet, 54));
            Assert.AreEqual("0.0.2.88", Option(packet, 51));
            Assert.AreEqual("255.255.255.0", Option(packet, 1));
            Assert.AreEqual("192.168.4.1", Option(packet, 3));
            Assert.AreEqual("192.168.4.1", Option(packet, 6));
            byte[] page = System.Text.Encoding.UTF8.GetBytes("http://192.168.4.1/");
            Assert.AreEqual(Text(page), Option(packet, 114));
        }

        [TestMethod]
        public void Renewal_names_no_server_and_is_acknowledged_also_after_a_restart_of_the_device()
        {
            byte[] packet = Packet(Request, 1);
            packet[12] = 192;
            packet[13] = 168;
            packet[14] = 4;
            packet[15] = 7;
            Assert.IsTrue(new DhcpResponder().Answer(packet, 300) > 0);
            Assert.AreEqual("5", Option(packet, 53));
            Assert.AreEqual("192.168.4.7", Address(packet, 16));
        }

        [TestMethod]
        public void Address_of_another_network_is_refused()
        {
            byte[] packet = Packet(Request, 1);
            Put(packet, 50, 10, 0, 0, 5);
            Assert.IsTrue(new DhcpResponder().Answer(packet, 300) > 0);
            Assert.AreEqual("6", Option(packet, 53));
            Assert.AreEqual("0.0.0.0", Address(packet, 16));
            Assert.AreEqual(null, Option(packet, 51));
        }

        [TestMethod]
        public void Offer_of_another_server_frees_the_address()
        {
            DhcpResponder dhcp = new DhcpResponder();
            dhcp.Answer(Packet(Discover, 1), 300);
            byte[] packet = Packet(Request, 1);
            Put(packet, 54, 192, 168, 4, 9);
            Assert.AreEqual(0, dhcp.Answer(packet, 300));
            byte[] other = Packet(Discover, 2);
            dhcp.Answer(other, 300);
            Assert.AreEqual("192.168.4.2", Address(other, 16));
        }

        [TestMethod]
        public void Ninth_phone_gets_the_address_that_was_not_asked_for_longest()
        {
            DhcpResponder dhcp = new DhcpResponder();
            for (int phone = 0; phone < 8; phone++)
            {
                dhcp.Answer(Packet(Discover, phone), 300);
            }

            dhcp.Answer(Packet(Discover, 0), 300);
            byte[] ninth = Packet(Discover, 20);
            dhcp.Answer(ninth, 300);
            Assert.AreEqual("192.168.4.3", Address(ninth, 16));
        }

        [TestMethod]
        public void Released_address_is_free()
        {
            DhcpResponder dhcp = new DhcpResponder();
            dhcp.Answer(Packet(Discover, 1), 300);
            Assert.AreEqual(0, dhcp.Answer(Packet(Release, 1), 300));
            byte[] other = Packet(Discover, 2);
            dhcp.Answer(other, 300);
            Assert.AreEqual("192.168.4.2", Address(other, 16));
        }

        [TestMethod]
        public void Declined_address_is_given_to_nobody_else()
        {
            DhcpResponder dhcp = new DhcpResponder();
            dhcp.Answer(Packet(Discover, 1), 300);
            Assert.AreEqual(0, dhcp.Answer(Packet(4, 1), 300));
            byte[] again = Packet(Discover, 1);
            dhcp.Answer(again, 300);
            Assert.AreEqual("192.168.4.3", Address(again, 16));
        }

        [TestMethod]
        [DataRow(0, 2)]
        [DataRow(1, 6)]
        [DataRow(2, 8)]
        [DataRow(24, 10)]
        [DataRow(236, 0)]
        [DataRow(241, 200)]
        public void Packet_that_is_no_request_is_not_answered(int at, int value)
        {
            byte[] packet = Packet(Discover, 1);
            packet[at] = (byte)value;
            Assert.AreEqual(0, new DhcpResponder().Answer(packet, 300));
        }

        [TestMethod]
        public void Packet_that_is_cut_off_anywhere_is_survived()
        {
            for (int count = 0; count < 300; count++)
            {
                int length = new DhcpResponder().Answer(Packet(Discover, 1), count);
                Assert.IsTrue(length == 0 || length >= 300);
            }
        }

        private static byte[] Packet(int type, int phone)
        {
            byte[] packet = new byte[DhcpResponder.PacketLength];
            packet[0] = 1;
            packet[1] = 1;
            packet[2] = 6;
            packet[28] = 0x02;
            packet[33] = (byte)phone;
            packet[236] = 0x63;
            packet[237] = 0x82;
            packet[238] = 0x53;
            packet[239] = 0x63;
            packet[240] = 53;
            packet[241] = 1;
            packet[242] = (byte)type;
            packet[243] = 255;
            return packet;
        }

        private static void Put(byte[] packet, byte code, byte a, byte b, byte c, byte d)
        {
            new byte[] { code, 4, a, b, c, d, 255 }.CopyTo(packet, 243);
        }

        private static string Address(byte[] packet, int at) => packet[at] + "." + packet[at + 1] + "." + packet[at + 2] + "." + packet[at + 3];

        private static string Option(byte[] packet, int code)
        {
            for (int at = 240; packet[at] != 255; at += packet[at + 1] + 2)
            {
                if (packet[at] == code)
                {
                    byte[] value = new byte[packet[at + 1]];
                    System.Array.Copy(packet, at + 2, value, 0, value.Length);
                    return Text(value);
                }
            }

            return null;
        }

        private static string Text(byte[] value)
        {
            string text = string.Empty;
            for (int i = 0; i < value.Length; i++)
            {
                text += (i == 0 ? string.Empty : ".") + value[i];
            }

            return text;
        }
    }
}
