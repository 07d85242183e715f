using Firmware.Gateway;
using Firmware.GatewayText.Lines;
using Firmware.GatewayText.Nmea;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>More comes in than can be worked on.</summary>
    [TestClass]
    public class FloodTests
    {
        [TestMethod]
        [DataRow("'gps':{'protocol':'nmea','baud':921600}")]
        [DataRow("'p':{'protocol':'lines','channels':'t'}")]
        [DataRow("'a':{'address':1,'interval':1,'registers':'x 5 u16'}")]
        public void Flood_leaves_the_loop_time_for_the_rest(string child)
        {
            FloodPort port = new FloodPort();
            DeviceRig device = new DeviceRig(new MemoryStorage(), "{'reconnect':{'spread':1},'interval':10,'children':{" + child + "}}", "power-on", 0, new Module[] { new GatewayModule(port, new LineOption(), new NmeaOption()) });
            device.Clock.Synchronize();
            device.Device.Start();
            device.GoOnline();
            device.Run(900);
            port.Left = 1000000;
            device.Inbox.Post(new LinkEvent(LinkEventKind.Signal, 0));
            device.Device.Step();
            int inOneStep = port.Reads;
            Assert.IsTrue(inOneStep > 0 && inOneStep <= 12, "reads " + inOneStep);
            int packs = device.Link.CountOf("/telemetry");
            for (int i = 0; i < 120; i++)
            {
                device.Clock.Advance(100);
                device.Device.Step();
                device.Device.Step();
            }

            Assert.IsTrue(device.Link.CountOf("/telemetry") > packs, "measurements go on");
            Assert.IsTrue(port.Left > 0, "a flood that has ended shows nothing");
        }

        [TestMethod]
        public void What_came_in_one_piece_is_all_read_though_it_has_one_signal()
        {
            TextRig rig = TextRig.Online("'p':{'protocol':'lines','interval':60,'channels':'t'}");
            string text = string.Empty;
            for (int i = 0; i <= 100; i++)
            {
                text += "{\"t\":" + i + "}\n";
            }

            rig.Line.Come(text);
            rig.Device.Run(100);
            Assert.Contains(SingleQuoted.Text("'t':100}"), rig.List());
        }

        private sealed class FloodPort : ISerialPort
        {
            public int Left { get; set; }

            public int Reads { get; private set; }

            public bool Open(int baud, int parity, int stopBits) => true;

            public bool Write(byte[] data, int count) => true;

            public int Read(byte[] buffer)
            {
                if (Left <= 0)
                {
                    return 0;
                }

                Reads++;
                int count = Left < buffer.Length ? Left : buffer.Length;
                Left -= count;
                for (int i = 0; i < count; i++)
                {
                    buffer[i] = 0;
                }

                return count;
            }

            public void Close()
            {
            }
        }
    }
}
