using Firmware.Diagnostics;
using Firmware.Platform;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics
{
    [TestClass]
    public class BootRecordTests
    {
        [TestMethod]
        public void First_run_has_no_previous_run()
        {
            BootRig rig = new BootRig(new MemoryStorage());
            Assert.AreEqual(1, rig.Record.Count);
            Assert.AreEqual(SingleQuoted.Text("{'stage':'starting','crashLoopCount':1,'knownGoodRevision':0}"), rig.Text);
        }

        [TestMethod]
        public void Boot_event_has_the_reason_of_a_clean_shutdown()
        {
            MemoryStorage storage = new MemoryStorage();
            new BootRig(storage).Live("restart");
            BootRig rig = new BootRig(storage);
            Assert.AreEqual(2, rig.Record.Count);
            Assert.AreEqual(7, rig.Record.GoodRevision);
            string expected = "{'stage':'starting','lastStage':'stable','previousWakeCause':'timer','cleanShutdown':true,'lastEnd':'restart','crashLoopCount':1,'knownGoodRevision':7,"
                + "'exception':{'type':'InvalidOperationException','message':'no such sensor','where':'measure','boot':1,'uptime':0}}";
            Assert.AreEqual(SingleQuoted.Text(expected), rig.Text);
        }

        [TestMethod]
        public void Boot_event_has_the_last_stage_of_a_run_without_a_clean_shutdown()
        {
            MemoryStorage storage = new MemoryStorage();
            new BootRig(storage).Record.Reached(BootStage.Online);
            Assert.Contains(SingleQuoted.Text("'lastStage':'online','previousWakeCause':'timer','cleanShutdown':false,'crashLoopCount':2"), new BootRig(storage).Text);
        }

        [TestMethod]
        public void Wake_counts_without_touching_flash()
        {
            MemoryStorage storage = new MemoryStorage();
            BootRig first = new BootRig(storage);
            first.Record.End("sleep");
            byte[] file = storage.Read("boot");
            BootRecord wake = new BootRecord(storage, new Counters(), new ManualClock());
            wake.Resume("timer", 17);
            wake.Reached(BootStage.Online);
            wake.Stable(3);
            wake.End("sleep");
            CollectionAssert.AreEqual(file, storage.Read("boot"));
            Assert.AreEqual("18 True", wake.Count + " " + wake.IsResumed);
        }

        [TestMethod]
        public void Wake_that_fails_stores_its_exception()
        {
            MemoryStorage storage = new MemoryStorage();
            new BootRig(storage).Record.End("sleep");
            BootRecord wake = new BootRecord(storage, new Counters(), new ManualClock());
            wake.Resume("timer", 17);
            wake.Failed(new System.InvalidOperationException("x"), "measure");
            Assert.Contains("'type':'InvalidOperationException'", Quotes.Single(new BootRig(storage).Text));
        }

        [TestMethod]
        public void Start_after_wakes_counts_on_from_them()
        {
            MemoryStorage storage = new MemoryStorage();
            new BootRig(storage).Record.End("sleep");
            BootRecord next = new BootRecord(storage, new Counters(), new ManualClock());
            next.Begin("power-on", 17);
            Assert.AreEqual(18, next.Count);
        }

        [TestMethod]
        public void Every_stage_is_written_after_a_run_that_did_not_last()
        {
            MemoryStorage storage = new MemoryStorage();
            BootRig.Crash(storage, 1);
            new BootRig(storage).Record.Reached(BootStage.Sensors);
            Assert.Contains("\"lastStage\":\"sensors\"", new BootRig(storage).Text);
        }

        [TestMethod]
        public void Lost_connection_does_not_take_a_stage_back()
        {
            BootRig rig = new BootRig(new MemoryStorage());
            rig.Record.Reached(BootStage.Online);
            rig.Record.Reached(BootStage.Joined);
            Assert.IsTrue(rig.Record.Stage == BootStage.Online);
        }

        [TestMethod]
        public void Run_without_trouble_is_written_four_times()
        {
            CutStorage storage = new CutStorage();
            BootRig rig = new BootRig(storage);
            rig.Record.Reached(BootStage.Sensors);
            rig.Record.Reached(BootStage.Joined);
            rig.Record.Reached(BootStage.Online);
            rig.Run(86400000);
            rig.Record.End("sleep");
            Assert.AreEqual(4, storage.Writes);
            Assert.AreEqual((4 * 34) + 5, storage.Bytes);
        }

        [TestMethod]
        public void Boot_record_is_not_written_after_the_end()
        {
            MemoryStorage storage = new MemoryStorage();
            BootRig rig = new BootRig(storage);
            rig.Record.End("stop");
            int writes = storage.Writes;
            rig.Record.Reached(BootStage.Online);
            rig.Record.Failed(new System.Exception("late"), "stop");
            rig.Run(7200000);
            rig.Record.End("again");
            Assert.AreEqual(writes, storage.Writes);
            Assert.AreEqual(long.MaxValue, rig.Record.DueAt);
            Assert.Contains("\"lastEnd\":\"stop\"", new BootRig(storage).Text);
        }

        [TestMethod]
        public void Missing_wake_cause_is_unknown()
        {
            MemoryStorage storage = new MemoryStorage();
            new BootRecord(storage, new Counters(), new ManualClock()).Begin(null);
            Assert.Contains("\"previousWakeCause\":\"unknown\"", new BootRig(storage).Text);
        }

        [TestMethod]
        public void Boot_event_describes_this_start_and_the_previous_run()
        {
            BootRig rig = new BootRig(new MemoryStorage());
            EventQueue events = new EventQueue(rig.Clock, rig.Counters);
            rig.Record.Report(events);
            string expected = "{'type':'boot','boot':1,'wake':'timer','safeMode':false,'stage':'starting','crashLoopCount':1,'knownGoodRevision':0}";
            Assert.AreEqual(SingleQuoted.Text(expected), Utf8.Text(events.Peek()));
        }

        [TestMethod]
        public void Boot_event_is_valid_with_texts_of_any_length()
        {
            MemoryStorage storage = new MemoryStorage();
            string wide = new string('\u20AC', 500);
            BootRecord first = new BootRecord(storage, new Counters(), new ManualClock());
            first.Begin(wide);
            first.Failed(new System.Exception(wide), wide);
            first.End(wide);
            BootRig rig = new BootRig(storage);
            rig.Clock.Synchronize();
            rig.Record.Failed(new System.Exception(wide), wide);
            EventQueue events = new EventQueue(rig.Clock, rig.Counters);
            rig.Record.Report(events);
            string text = Utf8.Text(events.Peek());
            Assert.Contains("\"exception\":{\"type\":\"Exception\",\"message\":\"\u20AC", text);
            Assert.Contains(",\"time\":1795366425}", text);
        }
    }
}
