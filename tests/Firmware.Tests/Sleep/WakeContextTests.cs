using Firmware.Sleep;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class WakeContextTests
    {
        private const long Slept = 1795366425000L;

        [TestMethod]
        [DataRow("timer", true, false)]
        [DataRow("pin", false, true)]
        [DataRow("power-on", false, false)]
        [DataRow("", false, false)]
        public void Cause_tells_whether_a_sleep_has_ended(string cause, bool isTimer, bool isPin)
        {
            WakeContext awakening = new WakeContext(Record(true), cause);
            Assert.IsTrue(awakening.IsTimer == isTimer && awakening.IsPin == isPin);
        }

        [TestMethod]
        public void Without_a_record_no_sleep_has_ended()
        {
            Assert.IsFalse(new WakeContext(WakeRecord.Load(new MemoryStorage()), "timer").IsSleepEnd);
        }

        [TestMethod]
        public void Timer_sets_the_clock_by_the_sleep_and_the_time_since()
        {
            ManualClock clock = new ManualClock { Uptime = 300 };
            new WakeContext(Record(true), "timer").SetClock(clock);
            Assert.AreEqual(Slept + 300000 + 300, clock.UtcMilliseconds);
        }

        [TestMethod]
        public void Clock_that_was_never_set_stays_unset()
        {
            ManualClock clock = new ManualClock();
            new WakeContext(Record(false), "timer").SetClock(clock);
            Assert.IsFalse(clock.IsSynchronized);
        }

        [TestMethod]
        public void Pin_goes_by_the_chips_clock_where_that_counts_on()
        {
            ManualClock clock = new ManualClock { Uptime = 200 };
            clock.SetUtc(Slept + 40000 + 200);
            WakeContext awakening = new WakeContext(Record(true), "pin");
            awakening.SetClock(clock);
            Assert.AreEqual("40000 " + (Slept + 40200), awakening.Slept + " " + clock.UtcMilliseconds);
        }

        [TestMethod]
        [DataRow(-5000L)]
        [DataRow(400000L)]
        public void Pin_takes_the_middle_where_the_chips_clock_cannot_be_true(long counted)
        {
            ManualClock clock = new ManualClock();
            clock.SetUtc(Slept + counted);
            WakeContext awakening = new WakeContext(Record(true), "pin");
            awakening.SetClock(clock);
            Assert.AreEqual(150000L, awakening.Slept);
        }

        [TestMethod]
        public void After_a_power_cut_nobody_knows_how_long_it_was()
        {
            WakeContext awakening = new WakeContext(Record(true), "power-on");
            awakening.SetClock(new ManualClock());
            Assert.AreEqual(long.MaxValue, awakening.Slept);
        }

        private static WakeRecord Record(bool isSynchronized)
        {
            MemoryStorage storage = new MemoryStorage();
            WakeRecord record = WakeRecord.Load(storage);
            record.SleptAt = Slept;
            record.Requested = 300000;
            record.IsSynchronized = isSynchronized;
            record.Save(storage);
            return WakeRecord.Load(storage);
        }
    }
}
