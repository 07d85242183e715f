using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>A board that takes no module.</summary>
    [TestClass]
    public class PlainDeviceTests
    {
        [TestMethod]
        public void Device_without_modules_measures_and_answers()
        {
            // The parts of a rig; its own device does not start.
            DeviceRig parts = new DeviceRig();
            Device device = new DeviceBuilder(new Hardware
            {
                Identity = new BoardIdentity("test-board", new byte[] { 2, 0, 0, 0, 0, 1 }, "power-on"),
                Clock = parts.Clock,
                Inbox = parts.Inbox,
                Network = parts.Network,
                Link = parts.Link,
                SensorPorts = new ISensorPort[] { parts.Slot76, parts.Slot77 },
                Storage = parts.Storage,
                Memory = parts.Memory,
                Power = parts.Power,
            }).Build();
            device.Start();
            GoOnline(device, parts);

            parts.Clock.Advance(10000);
            Step(device, parts);
            parts.Request("{'jsonrpc':'2.0','id':'p','method':'ping'}");
            parts.Request("{'jsonrpc':'2.0','id':'m','method':'methods'}");
            Step(device, parts);

            Assert.AreEqual(2, parts.Slot76.Sensor.Reads);
            Assert.AreEqual(2, parts.Link.CountIn("/telemetry", "\"temperature\""));
            Assert.AreEqual("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{\"uptime\":10}}", parts.Link.Find("/response/any", 0).Text);
            string methods = parts.Link.Find("/response/any", 1).Text;
            Assert.Contains("\"settings.get\"", methods);
            Assert.DoesNotContains("\"update.", methods);
            Assert.DoesNotContains("\"sleep", methods);
            Assert.DoesNotContains("\"actuators.", methods);
        }

        private static void GoOnline(Device device, DeviceRig parts)
        {
            parts.Inbox.Post(new LinkEvent(LinkEventKind.Joined, parts.Network.Attempt));
            device.Step();
            parts.Post(LinkEventKind.LinkUp);
            device.Step();
            parts.Post(LinkEventKind.Subscribed);
            Step(device, parts);
        }

        private static void Step(Device device, DeviceRig parts)
        {
            do
            {
                device.Step();
            }
            while (!parts.Inbox.IsEmpty);
        }
    }
}
