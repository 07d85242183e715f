using Firmware.Provisioning;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Provisioning
{
    /// <summary>Every name is the device.</summary>
    [TestClass]
    public class DnsTests
    {
        [TestMethod]
        public void Every_name_has_the_address_of_the_device()
        {
            byte[] packet = Query(1);
            int count = DnsResponder.Answer(packet, 33);
            Assert.AreEqual(33 + 16, count);
            Assert.AreEqual(0x12, (int)packet[0]);
            Assert.AreEqual(0x85, (int)packet[2]);
            Assert.AreEqual(1, (int)packet[7]);
            Assert.AreEqual(192, (int)packet[count - 4]);
            Assert.AreEqual(1, (int)packet[count - 1]);
        }

        [TestMethod]
        [DataRow(28)]
        [DataRow(65)]
        [DataRow(16)]
        public void Another_type_has_no_answer(int type)
        {
            byte[] packet = Query(type);
            Assert.AreEqual(33, DnsResponder.Answer(packet, 33));
            Assert.AreEqual(0, (int)packet[7]);
            Assert.AreEqual(0, packet[3] & 15);
        }

        [TestMethod]
        public void What_follows_the_question_is_left_out()
        {
            byte[] packet = Query(28);
            packet[11] = 1; // EDNS
            Assert.AreEqual(33, DnsResponder.Answer(packet, 44));
            Assert.AreEqual(0, (int)packet[11]);
        }

        [TestMethod]
        [DataRow(2, 0x81)]
        [DataRow(2, 0x10)]
        [DataRow(5, 2)]
        [DataRow(5, 0)]
        [DataRow(12, 0xC0)]
        [DataRow(12, 60)]
        public void Packet_that_is_no_query_is_not_answered(int at, int value)
        {
            byte[] packet = Query(1);
            packet[at] = (byte)value;
            Assert.AreEqual(0, DnsResponder.Answer(packet, 33));
        }

        [TestMethod]
        public void Packet_that_is_cut_off_anywhere_is_not_answered()
        {
            for (int count = 0; count < 33; count++)
            {
                Assert.AreEqual(0, DnsResponder.Answer(Query(1), count));
            }
        }

        [TestMethod]
        public void Name_of_more_than_255_bytes_is_not_answered()
        {
            byte[] packet = new byte[576];
            packet[5] = 1;
            for (int i = 0; i < 5; i++)
            {
                packet[12 + (i * 64)] = 63;
            }

            Assert.AreEqual(0, DnsResponder.Answer(packet, 400));
        }

        // connectivity.test, class IN.
        private static byte[] Query(int type)
        {
            byte[] packet = new byte[576];
            packet[0] = 0x12;
            packet[1] = 0x34;
            packet[2] = 1;
            packet[5] = 1;
            packet[12] = 10;
            packet[23] = 4;
            for (int i = 1; i < 15; i++)
            {
                packet[12 + i] = i == 11 ? (byte)4 : (byte)'a';
            }

            packet[28] = 0;
            packet[29] = 0;
            packet[30] = (byte)type;
            packet[32] = 1;
            return packet;
        }
    }
}
