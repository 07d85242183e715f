using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>The check that telemetry reaches subscribers, across restarts and deep sleeps. The broker keeps the session.</summary>
    [TestClass]
    public class DeviceCheckRestartTests
    {
        private const string Sleeping = "{'interval':300,'power':{'mode':'deep-sleep'}}";
        private const string Telemetry = "/telemetry";
        private const string Refused = "'telemetry':'telemetry-refused'";

        [TestMethod]
        public void Check_that_a_restart_interrupted_is_made_again()
        {
            DeviceRig next = Next(Started(new MemoryStorage(), DeviceRig.DefaultSettings, "power-on", false, 5000), "power-on", false, 25000);
            Assert.AreEqual("4 1", next.Device.OutboxCount + " " + next.Link.CountOf(Telemetry));
        }

        [TestMethod]
        public void Check_is_made_again_after_each_start_that_is_no_wake()
        {
            DeviceRig next = Next(Started(new MemoryStorage(), DeviceRig.DefaultSettings, "power-on", true, 5000), "power-on", false, 45000);
            Assert.AreEqual("True 1", (next.Device.OutboxCount > 3) + " " + next.Link.CountIn("/event", "telemetry-refused"));
        }

        [TestMethod]
        public void Wake_after_a_check_that_was_passed_has_none()
        {
            DeviceRig rig = Started(new MemoryStorage(), Sleeping, "power-on", true, 10000);
            DeviceRig next = Next(rig, "timer", false, 10000);
            Assert.AreEqual("True True 0 0", (rig.Power.Slept > 0) + " " + (next.Power.Slept > 0) + " " + next.Device.OutboxCount + " " + Filters(next));
        }

        [TestMethod]
        public void Device_does_not_sleep_before_the_check_is_decided()
        {
            DeviceRig rig = Started(new MemoryStorage(), Sleeping, "power-on", false, 29000);
            long before = rig.Power.Slept;
            rig.Run(10000);
            Assert.AreEqual("0 True 1 1", before + " " + (rig.Power.Slept > 0) + " " + rig.Device.OutboxCount + " " + rig.Link.CountIn("/event", "telemetry-refused"));
            Assert.IsTrue(rig.Clock.Uptime < 38000, "slept at " + rig.Clock.Uptime);
        }

        [TestMethod]
        public void Check_that_the_loss_of_the_connection_interrupted_is_made_in_the_next_wake()
        {
            DeviceRig rig = Started(new MemoryStorage(), Sleeping, "power-on", false, 5000);
            rig.Link.AnswersAlways = false;
            rig.LoseLink();
            rig.Run(20000);
            DeviceRig next = Next(rig, "timer", false, 25000);
            Assert.AreEqual("True 0 2 1", (rig.Power.Slept > 0) + " " + next.Power.Slept + " " + next.Device.OutboxCount + " " + Filters(next));
        }

        [TestMethod]
        public void Wakes_after_a_check_that_failed_are_short_and_keep_the_readings()
        {
            DeviceRig rig = Started(new MemoryStorage(), Sleeping, "power-on", false, 40000);
            string events = string.Empty;
            for (int i = 0; i < 3; i++)
            {
                rig = Next(rig, "timer", false, 10000);
                events += rig.Link.CountIn("/event", "telemetry-refused") + " " + (rig.Power.Slept > 0) + " ";
            }

            Assert.AreEqual("0 True 0 True 0 True 4", events + rig.Device.OutboxCount);
            Assert.Contains(SingleQuoted.Text(Refused), rig.Link.Last("/status").Text);
        }

        [TestMethod]
        public void Readings_arrive_in_the_wake_in_which_they_are_allowed_at_last()
        {
            DeviceRig rig = Started(new MemoryStorage(), Sleeping, "power-on", false, 40000);
            rig = Next(rig, "timer", false, 10000);
            rig = Next(rig, "timer", true, 10000);
            Assert.AreEqual("0 1", rig.Device.OutboxCount + " " + rig.Link.CountIn("/event", "telemetry-recovered"));
            rig = Next(rig, "timer", true, 10000);
            Assert.AreEqual("0 0", rig.Device.OutboxCount + " " + Filters(rig));
        }

        private static int Filters(DeviceRig rig)
        {
            int count = 0;
            for (int i = 0; i < rig.Link.Topics.Length; i++)
            {
                count += rig.Link.Topics[i].EndsWith(Telemetry) ? 1 : 0;
            }

            return count;
        }

        private static DeviceRig Next(DeviceRig rig, string cause, bool echoes, int milliseconds)
        {
            DeviceRig next = new DeviceRig(rig.Storage, null, cause);
            next.Link.HasSession = true;
            return Run(next, echoes, milliseconds);
        }

        private static DeviceRig Started(MemoryStorage storage, string settings, string cause, bool echoes, int milliseconds) =>
            Run(new DeviceRig(storage, settings, cause), echoes, milliseconds);

        /// <summary>A device whose network and broker answer.</summary>
        private static DeviceRig Run(DeviceRig rig, bool echoes, int milliseconds)
        {
            rig.Link.AnswersAlways = true;
            rig.Network.Sink = rig.Inbox;
            rig.Link.Echoes = echoes;
            rig.Device.Start();
            rig.Run(milliseconds);
            return rig;
        }
    }
}
