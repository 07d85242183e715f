using Firmware.Platform;
using Firmware.Sleep;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    /// <summary>How a run begins after a sleep: the context that the module gives, and the clock.</summary>
    [TestClass]
    public class RecallTests
    {
        private const long Slept = 1795366425000L;

        [TestMethod]
        [DataRow("timer", true, false)]
        [DataRow("pin", false, true)]
        [DataRow("power-on", false, false)]
        [DataRow("", false, false)]
        public void Cause_tells_whether_a_sleep_has_ended(string cause, bool isTimer, bool isPin)
        {
            WakeContext wake = Recall(Stored(true), cause, new ManualClock());
            Assert.IsTrue(wake.IsTimer == isTimer && wake.IsPin == isPin);
        }

        [TestMethod]
        public void Without_a_record_no_sleep_has_ended()
        {
            Assert.IsFalse(Recall(new MemoryStorage(), "timer", new ManualClock()).IsSleepEnd);
        }

        [TestMethod]
        public void Boot_count_is_known_after_a_power_cut_and_the_rest_is_not()
        {
            WakeContext wake = Recall(Stored(true), "power-on", new ManualClock());
            Assert.AreEqual("7 0 0 False", wake.BootCount + " " + wake.NextSequence + " " + wake.OpenSequence + " " + wake.IsSensorLossKnown);
        }

        [TestMethod]
        public void Context_after_a_sleep_is_that_of_the_record()
        {
            WakeContext wake = Recall(Stored(true), "timer", new ManualClock());
            Assert.AreEqual("7 20 128 19 300 True", wake.BootCount + " " + wake.NextSequence + " " + wake.SequenceEnd + " " + wake.OpenSequence + " " + wake.OpenSize + " " + wake.IsSensorLossKnown);
        }

        [TestMethod]
        public void Timer_sets_the_clock_by_the_sleep_and_the_time_since()
        {
            ManualClock clock = new ManualClock { Uptime = 300 };
            Recall(Stored(true), "timer", clock);
            Assert.AreEqual(Slept + 300000 + 300, clock.UtcMilliseconds);
        }

        [TestMethod]
        public void Clock_that_was_never_set_stays_unset()
        {
            ManualClock clock = new ManualClock();
            Recall(Stored(false), "timer", clock);
            Assert.IsFalse(clock.IsSynchronized);
        }

        [TestMethod]
        public void Pin_uses_the_clock_of_the_chip_where_that_continues()
        {
            ManualClock clock = new ManualClock { Uptime = 200 };
            clock.SetUtc(Slept + 40000 + 200, false);
            long slept = SetClock("pin", clock);
            Assert.AreEqual("40000 " + (Slept + 40200), slept + " " + clock.UtcMilliseconds);
        }

        [TestMethod]
        [DataRow(-5000L)]
        [DataRow(400000L)]
        public void Pin_assumes_half_of_the_sleep_where_the_clock_of_the_chip_is_not_plausible(long counted)
        {
            ManualClock clock = new ManualClock();
            clock.SetUtc(Slept + counted, false);
            Assert.AreEqual(150000L, SetClock("pin", clock));
        }

        [TestMethod]
        public void Duration_of_the_sleep_is_not_known_after_a_power_cut()
        {
            Assert.AreEqual(long.MaxValue, SetClock("power-on", new ManualClock()));
        }

        [TestMethod]
        public void Clock_is_not_set_by_the_sleep_that_follows_a_power_cut()
        {
            WakeRecord record = WakeRecord.Load(Stored(true));
            record.SetClock(new ManualClock(), new WakeContext());
            Assert.IsFalse(record.IsSynchronized);
        }

        private static WakeContext Recall(MemoryStorage storage, string cause, ManualClock clock) => new SleepModule(null, null).Recall(new Hardware
        {
            Identity = new BoardIdentity("test-board", new byte[] { 2, 0, 0, 0, 0, 1 }, cause),
            Clock = clock,
            Storage = storage,
        });

        private static long SetClock(string cause, ManualClock clock) =>
            WakeRecord.Load(Stored(true)).SetClock(clock, new WakeContext { IsTimer = cause == "timer", IsPin = cause == "pin" });

        private static MemoryStorage Stored(bool isSynchronized)
        {
            MemoryStorage storage = new MemoryStorage();
            WakeRecord record = WakeRecord.Load(storage);
            record.SleptAt = Slept;
            record.Requested = 300000;
            record.IsSynchronized = isSynchronized;
            record.BootCount = 7;
            record.NextSequence = 20;
            record.SequenceEnd = 128;
            record.OpenSequence = 19;
            record.OpenSize = 300;
            record.LostSensors = 1;
            record.Save(storage);
            return storage;
        }
    }
}
