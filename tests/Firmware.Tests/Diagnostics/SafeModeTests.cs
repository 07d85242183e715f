using Firmware.Diagnostics;
using Firmware.Platform;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics
{
    [TestClass]
    public class SafeModeTests
    {
        [TestMethod]
        public void Nine_short_runs_do_not_lead_to_safe_mode()
        {
            MemoryStorage storage = new MemoryStorage();
            BootRig.Crash(storage, 9);
            Assert.IsFalse(new BootRig(storage).Record.IsSafeMode);
        }

        [TestMethod]
        public void Ten_short_runs_lead_to_safe_mode()
        {
            BootRig rig = new BootRig(Crashed());
            Assert.IsTrue(rig.Record.IsSafeMode);
            EventQueue events = new EventQueue(rig.Clock, rig.Counters);
            rig.Record.Report(events);
            Assert.IsTrue(events.HasAlarm);
            Assert.Contains("\"safeMode\":true", Utf8.Text(events.Peek()));
            events.Remove();
            Assert.AreEqual(SingleQuoted.Text("{'type':'security','reason':'safe-mode'}"), Utf8.Text(events.Peek()));
        }

        [TestMethod]
        public void Start_that_a_watchdog_brought_about_is_a_security_event()
        {
            Assert.AreEqual(SingleQuoted.Text("{'type':'security','reason':'watchdog'}"), SecondEvent("watchdog"));
        }

        [TestMethod]
        public void Ordinary_start_is_no_security_event()
        {
            Assert.IsNull(SecondEvent("power-on"));
        }

        [TestMethod]
        public void Run_that_lasts_a_minute_resets_the_crash_loop_count()
        {
            MemoryStorage storage = new MemoryStorage();
            BootRig.Crash(storage, 9);
            new BootRig(storage).Run(60000);
            BootRig.Crash(storage, 9);
            Assert.IsFalse(new BootRig(storage).Record.IsSafeMode);
        }

        [TestMethod]
        public void Short_runs_that_end_in_sleep_do_not_lead_to_safe_mode()
        {
            MemoryStorage storage = new MemoryStorage();
            for (int i = 0; i < 100; i++)
            {
                BootRig rig = new BootRig(storage);
                Assert.IsFalse(rig.Record.IsSafeMode);
                rig.Run(5000);
                rig.Record.End("sleep");
            }
        }

        [TestMethod]
        public void Safe_mode_is_over_after_an_hour()
        {
            MemoryStorage storage = Crashed();
            BootRig rig = new BootRig(storage);
            Assert.IsFalse(rig.Run(3599999));
            Assert.IsTrue(rig.Record.DueAt == 3600000);
            Assert.IsTrue(rig.Run(1));
            rig.Record.End("safe mode ended");
            Assert.IsFalse(new BootRig(storage).Record.IsSafeMode);
        }

        [TestMethod]
        public void Requested_restart_ends_safe_mode()
        {
            MemoryStorage storage = Crashed();
            new BootRig(storage).Record.End("restart");
            Assert.IsFalse(new BootRig(storage).Record.IsSafeMode);
        }

        [TestMethod]
        public void Power_cut_does_not_end_safe_mode()
        {
            MemoryStorage storage = Crashed();
            new BootRig(storage).Run(1800000);
            Assert.IsTrue(new BootRig(storage).Record.IsSafeMode);
        }

        [TestMethod]
        public void Long_run_in_safe_mode_does_not_confirm_its_settings()
        {
            MemoryStorage storage = new MemoryStorage();
            new BootRig(storage).Run(60000);
            BootRig.Crash(storage, 10);
            BootRecord safe = new BootRecord(storage, new Firmware.Platform.Counters(), new ManualClock());
            safe.Begin("timer");
            safe.Tick(60000, 99);
            Assert.AreEqual(7, safe.GoodRevision);
        }

        [TestMethod]
        public void Run_without_safe_mode_requests_no_restart()
        {
            BootRig rig = new BootRig(new MemoryStorage());
            Assert.IsFalse(rig.Run(7200000));
            Assert.AreEqual(long.MaxValue, rig.Record.DueAt);
        }

        [TestMethod]
        public void Thousand_short_runs_stay_in_safe_mode()
        {
            MemoryStorage storage = new MemoryStorage();
            for (int i = 0; i < 1000; i++)
            {
                Assert.IsTrue(new BootRig(storage).Record.IsSafeMode == i >= 10);
            }
        }

        // The first one is that of the start.
        private static string SecondEvent(string wakeCause)
        {
            ManualClock clock = new ManualClock();
            Counters counters = new Counters();
            BootRecord record = new BootRecord(new MemoryStorage(), counters, clock);
            record.Begin(wakeCause);
            EventQueue events = new EventQueue(clock, counters);
            record.Report(events);
            events.Peek();
            events.Remove();
            byte[] second = events.Peek();
            return second == null ? null : Utf8.Text(second);
        }

        private static MemoryStorage Crashed()
        {
            MemoryStorage storage = new MemoryStorage();
            BootRig.Crash(storage, 10);
            return storage;
        }
    }
}
