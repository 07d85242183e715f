using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Stop: "offline", clean close, and the will where that fails.</summary>
    [TestClass]
    public class DeviceStopTests
    {
        private const string Status = "/status";
        private const string Offline = "\"state\":\"offline\"";

        [TestMethod]
        public void Stop_says_offline()
        {
            Assert.Contains(Offline, Stopping().Link.Last(Status).Text);
        }

        [TestMethod]
        public void Offline_is_retained()
        {
            Assert.IsTrue(Stopping().Link.Last(Status).IsRetained);
        }

        [TestMethod]
        public void Stop_waits_for_the_acknowledgement()
        {
            DeviceRig rig = Stopping();
            rig.Run(2999);
            Assert.IsFalse(rig.Device.IsStopped);
        }

        [TestMethod]
        public void Stop_keeps_the_connection_until_the_acknowledgement()
        {
            DeviceRig rig = Stopping();
            rig.Run(2999);
            Assert.AreEqual(0, rig.Link.CleanCloses + rig.Link.UncleanCloses);
        }

        [TestMethod]
        public void Stop_ends_with_the_acknowledgement()
        {
            DeviceRig rig = Stopping();
            rig.Acknowledge(rig.Link.Last(Status).Id);
            rig.Device.Step();
            Assert.IsTrue(rig.Device.IsStopped);
        }

        [TestMethod]
        public void Stop_does_not_end_with_another_acknowledgement()
        {
            DeviceRig rig = Stopping();
            rig.Acknowledge(rig.Link.Last(Status).Id - 1);
            rig.Device.Step();
            Assert.IsFalse(rig.Device.IsStopped);
        }

        [TestMethod]
        public void Stop_waits_three_seconds_at_most()
        {
            DeviceRig rig = Stopping();
            rig.Run(3000);
            rig.Settle();
            Assert.IsTrue(rig.Device.IsStopped);
        }

        [TestMethod]
        public void Stop_waits_until_the_connection_is_closed()
        {
            DeviceRig rig = Stopping();
            rig.Link.Closes = false;
            rig.Acknowledge(rig.Link.Last(Status).Id);
            rig.Run(1999);
            Assert.AreEqual("1 False", rig.Link.CleanCloses + " " + rig.Device.IsStopped);
        }

        [TestMethod]
        public void Stop_waits_two_seconds_at_most_for_the_connection_to_close()
        {
            DeviceRig rig = Stopping();
            rig.Link.Closes = false;
            rig.Acknowledge(rig.Link.Last(Status).Id);
            rig.Run(2000);
            Assert.IsTrue(rig.Device.IsStopped);
        }

        [TestMethod]
        public void Loop_pauses_no_longer_than_the_stop_may_take()
        {
            Assert.AreEqual(3000, Stopping().Device.Step());
        }

        [TestMethod]
        public void Stop_closes_the_connection_cleanly()
        {
            DeviceRig rig = Stopping();
            rig.Acknowledge(rig.Link.Last(Status).Id);
            rig.Device.Step();
            Assert.AreEqual(1, rig.Link.CleanCloses);
        }

        [TestMethod]
        public void Connection_is_off_after_a_stop()
        {
            DeviceRig rig = Stopping();
            rig.Run(3000);
            Assert.AreEqual((int)ConnectionState.Off, (int)rig.Device.Connection.State);
        }

        [TestMethod]
        public void Nothing_is_measured_while_stopping()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Run(9000);
            rig.Link.Acknowledges = false;
            rig.Device.Stop();
            rig.Run(2999);
            Assert.AreEqual(1, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Nothing_is_joined_after_a_stop()
        {
            DeviceRig rig = Stopping();
            rig.LoseLink();
            rig.Run(3000);
            Assert.AreEqual(1, rig.Network.Joins);
        }

        [TestMethod]
        public void Stop_without_a_connection_ends_at_once()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Start();
            rig.Device.Stop();
            rig.Device.Step();
            Assert.IsTrue(rig.Device.IsStopped);
        }

        [TestMethod]
        public void Stop_before_the_start_ends_at_once()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Stop();
            rig.Device.Step();
            Assert.IsTrue(rig.Device.IsStopped);
        }

        [TestMethod]
        public void Stopped_device_has_nothing_to_do()
        {
            DeviceRig rig = Stopping();
            rig.Run(3000);
            rig.Settle();
            Assert.IsTrue(rig.Device.Step() > 0);
        }

        [TestMethod]
        public void Stopped_device_closes_the_connection_only_once()
        {
            DeviceRig rig = Stopping();
            rig.Run(3000);
            rig.Device.Step();
            Assert.AreEqual(1, rig.Link.CleanCloses);
        }

        [TestMethod]
        public void Acknowledgement_at_the_last_moment_closes_the_connection_only_once()
        {
            DeviceRig rig = Stopping();
            rig.Clock.Advance(3000);
            rig.Acknowledge(rig.Link.Last(Status).Id);
            rig.Device.Step();
            Assert.AreEqual(1, rig.Link.CleanCloses);
        }

        // Otherwise the will would say that it was lost.
        [TestMethod]
        public void Device_that_waits_for_its_subscriptions_says_offline()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Start();
            rig.GoSubscribing();
            rig.Device.Stop();
            Assert.AreEqual(1, rig.Link.CountOf(Status));
        }

        [TestMethod]
        public void Stop_again_says_nothing_more()
        {
            DeviceRig rig = Stopping();
            rig.Device.Stop();
            Assert.AreEqual(2, rig.Link.CountOf(Status));
        }

        // After a clean DISCONNECT the broker does not publish the will: "online" would stay permanently.
        [TestMethod]
        public void Device_that_comes_online_while_it_stops_does_not_stay_online()
        {
            DeviceRig rig = new DeviceRig();
            rig.Device.Start();
            rig.GoSubscribing();
            rig.Device.Stop();
            rig.Post(LinkEventKind.Subscribed);
            rig.Run(3000);
            Publication last = rig.Link.Last(Status);
            Assert.IsTrue(last == null || last.Text.Contains(Offline));
        }

        [TestMethod]
        public void Stop_whose_offline_the_link_does_not_take_leaves_it_to_the_will()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.TakesMessages = false;
            rig.Device.Stop();
            rig.Run(3000);
            Assert.AreEqual(0, rig.Link.CleanCloses);
        }

        [TestMethod]
        public void Stop_whose_offline_throws_leaves_it_to_the_will()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.ThrowsOn = Status;
            rig.Device.Stop();
            rig.Run(5000);
            Assert.AreEqual(0, rig.Link.CleanCloses);
        }

        [TestMethod]
        public void Stop_ends_though_closing_the_connection_throws()
        {
            DeviceRig rig = Stopping();
            rig.Link.Throws = true;
            rig.Run(5000);
            Assert.IsTrue(rig.Device.IsStopped);
        }

        private static DeviceRig Stopping()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.Acknowledges = false;
            rig.Device.Stop();
            return rig;
        }
    }
}
