using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>A device around which everything fails.</summary>
    [TestClass]
    public class DeviceFaultTests
    {
        private const string Telemetry = "/telemetry";

        [TestMethod]
        public void Loop_goes_on_when_everything_fails()
        {
            DeviceRig rig = new DeviceRig(new MemoryStorage { ReadFails = true, WriteFails = true }, null);
            rig.Slot76.Throws = true;
            rig.Slot77.Throws = true;
            rig.Device.Start();
            rig.Network.Throws = true;
            rig.Link.Throws = true;
            rig.Run(600000);
            Assert.IsTrue(rig.Network.Joins > 3);
        }

        [TestMethod]
        public void Device_starts_though_the_radio_throws()
        {
            DeviceRig rig = new DeviceRig();
            rig.Network.Throws = true;
            rig.Device.Start();
            rig.Network.Throws = false;
            rig.Run(60000);
            Assert.AreEqual(2, rig.Network.Joins);
        }

        [TestMethod]
        public void Exception_is_followed_by_a_pause()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.ThrowsOn = Telemetry;
            rig.Clock.Advance(10000);
            Assert.AreEqual(1000, rig.Device.Step());
        }

        [TestMethod]
        public void Exceptions_are_counted()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.ThrowsOn = Telemetry;
            rig.Run(20000);
            Assert.DoesNotContains("\"exceptions\":0}", rig.Info());
        }

        [TestMethod]
        public void Telemetry_goes_on_after_exceptions()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.ThrowsOn = Telemetry;
            rig.Run(20000);
            rig.Link.ThrowsOn = null;
            rig.Run(10000);
            rig.Settle();

            // The first, the two that waited, and a new one.
            Assert.AreEqual(4, rig.Link.CountIn(Telemetry, "\"temperature\""));
        }

        [TestMethod]
        public void Device_measures_though_no_answer_can_be_sent()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.ThrowsOn = "/response";
            for (int i = 0; i < 50; i++)
            {
                rig.Request("{'jsonrpc':'2.0','id':" + i + ",'method':'ping'}");
                rig.Device.Step();
                rig.Clock.Advance(1000);
            }

            Assert.AreEqual(5, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Device_connects_again_though_closing_the_link_throws()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.Throws = true;
            rig.LoseLink();
            rig.Link.Throws = false;
            rig.Run(2000);
            Assert.AreEqual(2, rig.Network.Joins);
        }

        [TestMethod]
        public void Device_connects_again_though_connecting_throws()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Start();
            rig.Link.Throws = true;
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Joined, rig.Network.Attempt));
            rig.Device.Step();
            rig.Link.Throws = false;
            rig.Run(40000);
            Assert.AreEqual(2, rig.Network.Joins);
        }

        [TestMethod]
        public void Events_go_on_after_exceptions()
        {
            DeviceRig rig = new DeviceRig("{'x':1}");
            rig.Device.Start();
            rig.Link.ThrowsOn = "/event";
            rig.GoOnline();
            rig.Link.ThrowsOn = null;
            rig.Run(1000);
            Assert.AreEqual(1, rig.Link.CountOf("/event"));
        }

        [TestMethod]
        public void Telemetry_is_sent_though_nothing_can_be_stored()
        {
            DeviceRig rig = new DeviceRig(new MemoryStorage { WriteFails = true }, DeviceRig.DefaultSettings);
            rig.Device.Start();
            rig.GoOnline();
            rig.Run(100000);
            Assert.AreEqual(11, rig.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Writes_that_fail_are_counted()
        {
            DeviceRig rig = new DeviceRig(new MemoryStorage { WriteFails = true }, DeviceRig.DefaultSettings);
            rig.Device.Start();
            rig.GoOnline();
            Assert.Contains("\"storageFaults\":4,", rig.Info());
        }

        [TestMethod]
        public void Device_runs_without_any_slot_for_sensors()
        {
            DeviceRig rig = new DeviceRig();
            rig.Slot76.Sensor = null;
            rig.Device.Start();
            rig.GoOnline();
            rig.Run(3600000);
            Assert.AreEqual(2, rig.Link.CountOf("/event"));
        }

        // Such a broker answers pings, so the connection looks alive.
        [TestMethod]
        public void Broker_that_does_not_acknowledge_is_left()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Post(LinkEventKind.NotAcknowledged);
            rig.Post(LinkEventKind.NotAcknowledged);
            rig.Device.Step();
            Assert.IsFalse(rig.Device.Connection.IsOnline);
        }

        [TestMethod]
        public void One_message_that_is_not_acknowledged_does_not_end_the_connection()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Post(LinkEventKind.NotAcknowledged);
            rig.Acknowledge(1);
            rig.Post(LinkEventKind.NotAcknowledged);
            rig.Device.Step();
            Assert.IsTrue(rig.Device.Connection.IsOnline);
        }
    }
}
