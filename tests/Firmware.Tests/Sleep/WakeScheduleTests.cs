using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class WakeScheduleTests
    {
        // 2026-11-22T12:00:00Z, a multiple of all intervals here.
        private const long Noon = 1795348800000L;

        [TestMethod]
        [DataRow(0L, 300000L)]
        [DataRow(500L, 300000L)]
        [DataRow(150000L, 300000L)]
        [DataRow(289999L, 300000L)]
        [DataRow(300000L, 600000L)]
        public void Wakes_fall_on_multiples_of_the_interval(long woke, long next)
        {
            Assert.AreEqual(Noon + next, WakeSchedule.Next(Noon + woke, Noon + woke + 300, 300, 0));
        }

        [TestMethod]
        [DataRow(-1L)]
        [DataRow(-9999L)]
        [DataRow(-10000L)]
        public void Early_wake_counts_as_the_planned_one(long early)
        {
            Assert.AreEqual(Noon + 300000, WakeSchedule.Next(Noon + early, Noon + early + 300, 300, 0));
        }

        [TestMethod]
        public void Wake_that_is_far_too_early_is_repeated_at_its_time()
        {
            Assert.AreEqual(Noon, WakeSchedule.Next(Noon - 10001, Noon - 9700, 300, 0));
        }

        [TestMethod]
        [DataRow(20, -1000L, 20000L)]
        [DataRow(20, -1001L, 0L)]
        [DataRow(3600, -10000L, 3600000L)]
        [DataRow(3600, -10001L, 0L)]
        public void Early_is_up_to_a_twentieth_of_the_interval_and_ten_seconds(int interval, long woke, long next)
        {
            // The clock was set forward meanwhile, or the 2 s of the shortest sleep would decide.
            Assert.AreEqual(Noon + next, WakeSchedule.Next(Noon + woke, Noon + woke - 5000, interval, 0));
        }

        [TestMethod]
        [DataRow(58000L, 60000L)]
        [DataRow(58001L, 120000L)]
        [DataRow(60000L, 120000L)]
        [DataRow(300000L, 360000L)]
        public void Wake_that_took_long_leaves_out_what_is_less_than_two_seconds_ahead(long now, long next)
        {
            Assert.AreEqual(Noon + next, WakeSchedule.Next(Noon, Noon + now, 60, 0));
        }

        [TestMethod]
        public void Wake_that_took_long_keeps_a_near_one_that_is_not_its_own()
        {
            // An early wake would count as the one at 60 s; this one began at 0.
            Assert.AreEqual(Noon + 60000, WakeSchedule.Next(Noon, Noon + 57500, 60, 0));
        }

        [TestMethod]
        [DataRow(0L, 17000L)]
        [DataRow(17000L, 317000L)]
        [DataRow(16000L, 317000L)]
        public void Offset_moves_every_wake(long woke, long next)
        {
            Assert.AreEqual(Noon + next, WakeSchedule.Next(Noon + woke, Noon + woke + 300, 300, 17000));
        }

        [TestMethod]
        [DataRow(0L, 17000L)]
        [DataRow(8000L, 317000L)]
        public void Clock_that_was_never_set_has_wakes_too(long woke, long next)
        {
            Assert.AreEqual(next, WakeSchedule.Next(woke, woke + 300, 300, 17000));
        }

        [TestMethod]
        [DataRow(10)]
        [DataRow(300)]
        [DataRow(86400)]
        public void Offset_is_below_a_tenth_of_the_interval_and_thirty_seconds(int interval)
        {
            int limit = interval * 100 < 30000 ? interval * 100 : 30000;
            for (int i = 0; i < 100; i++)
            {
                int offset = WakeSchedule.OffsetOf("esp32-0200000000" + i, interval);
                Assert.IsTrue(offset >= 0 && offset < limit);
            }
        }

        [TestMethod]
        public void Offset_of_a_device_stays()
        {
            Assert.AreEqual(WakeSchedule.OffsetOf("esp32-020000000001", 300), WakeSchedule.OffsetOf("esp32-020000000001", 300));
        }

        [TestMethod]
        public void Fleet_is_spread_evenly()
        {
            int[] counts = new int[10];
            for (int i = 0; i < 1000; i++)
            {
                counts[WakeSchedule.OffsetOf("esp32-02000000" + i, 300) / 3000]++;
            }

            for (int i = 0; i < counts.Length; i++)
            {
                Assert.IsTrue(counts[i] > 60 && counts[i] < 140);
            }
        }
    }
}
