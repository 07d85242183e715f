using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>Restarts on request, and starts that do not last.</summary>
    [TestClass]
    public class DeviceRestartTests
    {
        private const string Event = "/event";
        private const string Telemetry = "/telemetry";
        private const string Restart = "{'jsonrpc':'2.0','id':'r','method':'restart'}";

        [TestMethod]
        public void Restart_is_answered_and_offline_is_said_before_it_happens()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.Acknowledges = false;
            string answer = rig.Ask(Restart);
            Assert.Contains("\"result\":{\"restart\":\"accepted\"}", answer);
            Assert.Contains("\"state\":\"offline\"", rig.Link.Last("/status").Text);
            Assert.AreEqual(0, rig.Power.Restarts);
        }

        [TestMethod]
        public void Restart_follows_the_acknowledgement()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Ask(Restart);
            rig.Run(101);
            Assert.AreEqual(1, rig.Power.Restarts);
        }

        [TestMethod]
        public void Restart_follows_after_three_seconds_without_an_acknowledgement()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Link.Acknowledges = false;
            rig.Ask(Restart);
            rig.Run(3200);
            Assert.AreEqual(1, rig.Power.Restarts);
        }

        [TestMethod]
        public void Run_that_was_ended_by_a_restart_ended_on_purpose()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Ask(Restart);
            rig.Run(101);
            Assert.Contains("\"cleanShutdown\":true,\"lastEnd\":\"restart\"", Next(rig.Storage).Link.Find(Event, 0).Text);
        }

        [TestMethod]
        public void Run_that_lost_its_power_did_not_end_on_purpose()
        {
            Assert.Contains("\"cleanShutdown\":false", Next(DeviceRig.Online().Storage).Link.Find(Event, 0).Text);
        }

        [TestMethod]
        public void Ten_starts_that_do_not_last_lead_to_safe_mode()
        {
            MemoryStorage storage = Unstable(10);
            Assert.IsTrue(Next(storage).Device.IsSafeMode);
        }

        [TestMethod]
        public void Nine_do_not()
        {
            MemoryStorage storage = Unstable(9);
            Assert.IsFalse(Next(storage).Device.IsSafeMode);
        }

        [TestMethod]
        public void Safe_mode_answers_and_does_not_measure()
        {
            DeviceRig rig = Next(Unstable(10));
            rig.Run(60000);
            Assert.Contains("\"result\":{\"uptime\":", rig.Ask("{'jsonrpc':'2.0','id':'p','method':'ping'}"));
            Assert.AreEqual("0 0", rig.Link.CountOf(Telemetry) + " " + rig.Slot76.Probes);
        }

        [TestMethod]
        [DataRow("read")]
        [DataRow("history.read")]
        [DataRow("sensors.list")]
        [DataRow("actuators.set")]
        public void Safe_mode_is_named_by_what_does_not_work_in_it(string method)
        {
            DeviceRig rig = Next(Unstable(10));
            string answer = rig.Ask("{'jsonrpc':'2.0','id':'p','method':'" + method + "'}");
            Assert.Contains("\"code\":-32002", answer);
            Assert.Contains("safe mode", answer);
        }

        [TestMethod]
        public void Safe_mode_is_reported()
        {
            DeviceRig rig = Next(Unstable(10));
            Assert.AreEqual(1, rig.Link.CountIn(Event, "\"safeMode\":true"));
        }

        [TestMethod]
        public void Safe_mode_is_left_by_a_restart()
        {
            DeviceRig rig = Next(Unstable(10));
            rig.Ask(Restart);
            rig.Run(101);
            Assert.IsFalse(Next(rig.Storage).Device.IsSafeMode);
        }

        [TestMethod]
        public void Safe_mode_is_left_after_an_hour()
        {
            DeviceRig rig = Next(Unstable(10));
            rig.Run(BootRecord.SafeModeTime + 1000);
            Assert.AreEqual("1 False", rig.Power.Restarts + " " + Next(rig.Storage).Device.IsSafeMode);
        }

        [TestMethod]
        public void Safe_mode_runs_on_the_settings_that_were_good()
        {
            // Revision 1 lasted; 2 did not.
            DeviceRig good = Next(new MemoryStorage());
            good.Run(BootRecord.StableTime + 1000);
            good.Ask("{'jsonrpc':'2.0','id':'s','method':'settings.set','params':{'values':{'outbox.size':8192}}}");
            MemoryStorage storage = good.Storage;
            for (int i = 0; i < 10; i++)
            {
                Next(storage);
            }

            Assert.AreEqual(24576, Next(storage).Device.Settings.OutboxSize);
        }

        [TestMethod]
        public void Part_that_fails_is_recorded_and_backs_off()
        {
            DeviceRig rig = DeviceRig.Online();
            rig.Network.Throws = true;
            rig.LoseLink();
            rig.Run(600000);
            int joins = rig.Network.Joins;
            rig.Network.Throws = false;
            for (int i = 0; i < 600 && (rig.Network.Joins == joins || rig.Device.Connection.State != ConnectionState.Joining); i++)
            {
                rig.Run(1000);
            }

            rig.GoOnline();
            Assert.Contains("\"exception\":{\"type\":\"InvalidOperationException\",", rig.Info());
            Assert.Contains("\"where\":\"connection\"", rig.Info());
            Assert.IsTrue(joins > 2 && joins < 40);
        }

        private static MemoryStorage Unstable(int starts)
        {
            MemoryStorage storage = new MemoryStorage();
            for (int i = 0; i < starts; i++)
            {
                Next(storage);
            }

            return storage;
        }

        private static DeviceRig Next(MemoryStorage storage)
        {
            DeviceRig rig = new DeviceRig(storage, storage.Read("settings.json") == null ? DeviceRig.DefaultSettings : null);
            rig.Device.Start();
            rig.GoOnline();
            return rig;
        }
    }
}
