using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class SleepDriftTests
    {
        private const long Hour = 3600000;
        private const long Day = 86400000;

        [TestMethod]
        public void Timer_is_believed_before_anything_was_learned()
        {
            Assert.AreEqual(300000L, new SleepDrift().Request(300000));
        }

        [TestMethod]
        [DataRow(1020000L, 20000)]
        [DataRow(980000L, -20000)]
        [DataRow(1000000L, 0)]
        public void First_measurement_counts_whole(long trueSlept, int ppm)
        {
            int error = Learned(trueSlept).Ppm - ppm;
            Assert.IsTrue(error > -5 && error < 5);
        }

        [TestMethod]
        [DataRow(1020000L, 294118L)]
        [DataRow(980000L, 306122L)]
        public void Request_makes_up_for_the_drift(long trueSlept, long nominal)
        {
            long error = Learned(trueSlept).Request(300000) - nominal;
            Assert.IsTrue(error > -3 && error < 3);
        }

        [TestMethod]
        public void Elapsed_is_what_was_wanted_of_the_request()
        {
            SleepDrift drift = Learned(1020000);
            long error = drift.Elapsed(drift.Request(300000)) - 300000;
            Assert.IsTrue(error >= -2 && error <= 0);
        }

        [TestMethod]
        [DataRow(100000L)]
        [DataRow(-100000L)]
        public void Tenth_is_believed(long change)
        {
            SleepDrift drift = new SleepDrift();
            drift.Add(1000000);
            Assert.IsTrue(drift.Learn(1000000 + change));
        }

        [TestMethod]
        [DataRow(100001L)]
        [DataRow(-100001L)]
        [DataRow(250000000000000L)]
        [DataRow(-250000000000000L)]
        public void Jump_of_the_server_beyond_a_tenth_is_refused(long change)
        {
            SleepDrift drift = Learned(1020000);
            int before = drift.Ppm;
            drift.Add(1000000);
            bool isLearned = drift.Learn(1000000 + change);
            Assert.AreEqual("False " + before, isLearned + " " + drift.Ppm);
        }

        [TestMethod]
        public void Jump_of_the_server_within_the_bound_is_not_believed_at_once()
        {
            SleepDrift drift = Settled();
            int before = drift.Ppm;
            drift.Add(Hour);
            drift.Learn(Hour - (Hour / 20));
            Assert.AreEqual(before, drift.Ppm);
        }

        [TestMethod]
        public void Great_change_is_believed_when_it_is_measured_again()
        {
            SleepDrift drift = Settled();
            for (int i = 0; i < 2; i++)
            {
                drift.Add(Hour);
                drift.Learn(Hour - (Hour / 20));
            }

            Assert.IsTrue(drift.Ppm < -49900 && drift.Ppm > -50100);
        }

        [TestMethod]
        public void Short_sum_with_an_inexact_server_does_not_spoil_a_good_value()
        {
            SleepDrift drift = Settled();
            int before = drift.Ppm;
            drift.Add(60000);
            drift.Learn(61200 + 100);
            Assert.IsTrue(drift.Ppm - before < 10);
        }

        [TestMethod]
        [DataRow(0L)]
        [DataRow(99L)]
        public void Sum_that_says_nothing_is_ignored(long slept)
        {
            SleepDrift drift = new SleepDrift();
            drift.Add(slept);
            Assert.IsFalse(drift.Learn(slept));
        }

        [TestMethod]
        public void Sleeps_are_summed_until_the_clock_is_set()
        {
            SleepDrift drift = new SleepDrift();
            drift.Add(300000);
            drift.Add(200000);
            Assert.AreEqual(500000L, drift.Slept);
        }

        [TestMethod]
        [DataRow(1020000L)]
        [DataRow(2000000L)]
        public void Sum_starts_again_with_every_synchronisation(long trueSlept)
        {
            Assert.AreEqual(0L, Learned(trueSlept).Slept);
        }

        [TestMethod]
        public void Correction_of_the_clock_teaches_the_same_as_the_time_slept()
        {
            SleepDrift drift = Learned(1020000);
            drift.Add(1000000);
            long expected = drift.Elapsed(1000000);
            drift.Correct(1030000 - expected);
            Assert.IsTrue(drift.Ppm > 29000 && drift.Ppm < 31000);
        }

        [TestMethod]
        public void Interrupted_sleep_teaches_nothing()
        {
            SleepDrift drift = new SleepDrift();
            drift.Add(1000000);
            drift.Interrupt(300000);
            Assert.IsFalse(drift.Learn(1020000));
        }

        [TestMethod]
        public void Interrupted_sleep_makes_the_time_uncertain_by_half_of_it()
        {
            SleepDrift drift = new SleepDrift();
            drift.Interrupt(300000);
            Assert.AreEqual(150001L, drift.ErrorMs);
        }

        [TestMethod]
        public void Interruption_is_forgotten_when_the_clock_is_set()
        {
            SleepDrift drift = new SleepDrift();
            drift.Interrupt(300000);
            drift.Learn(0);
            drift.Add(1000000);
            Assert.IsTrue(drift.Learn(1020000));
        }

        [TestMethod]
        public void Uncertainty_is_large_before_anything_was_learned()
        {
            SleepDrift drift = new SleepDrift();
            drift.Add(10000);
            Assert.AreEqual(500L, drift.ErrorMs);
        }

        [TestMethod]
        public void Uncertainty_shrinks_to_its_floor_when_the_drift_stays()
        {
            Assert.AreEqual(SleepDrift.LeastUncertainty, Settled().Uncertainty);
        }

        [TestMethod]
        public void Change_of_the_drift_makes_it_less_certain()
        {
            SleepDrift drift = Settled();
            drift.Add(Hour);
            drift.Learn(Hour + (Hour / 50) + 2000);
            Assert.IsTrue(drift.Uncertainty > 200);
        }

        [TestMethod]
        [DataRow(10000L, 0L, false)]
        [DataRow(10001L, 0L, false)]
        [DataRow(10020L, 0L, true)]
        [DataRow(0L, 86399999L, false)]
        [DataRow(0L, 86400000L, true)]
        public void Clock_has_to_be_set_when_it_may_be_wrong_or_a_day_has_passed(long slept, long since, bool needsSync)
        {
            SleepDrift drift = new SleepDrift();
            drift.Add(slept);
            Assert.AreEqual(needsSync, drift.NeedsSync(since));
        }

        [TestMethod]
        public void Settled_clock_is_good_for_hours()
        {
            SleepDrift drift = Settled();
            drift.Add(2 * Hour);
            Assert.IsFalse(drift.NeedsSync(2 * Hour));
        }

        [TestMethod]
        public void Time_without_a_server_for_a_week_is_good_to_a_minute()
        {
            SleepDrift drift = Settled();
            drift.Add(7 * Day);
            Assert.AreEqual(30240L, drift.ErrorMs);
        }

        private static SleepDrift Learned(long trueSlept)
        {
            SleepDrift drift = new SleepDrift();
            drift.Add(1000000);
            drift.Learn(trueSlept);
            return drift;
        }

        /// <summary>Has known a drift of 2 % for long.</summary>
        private static SleepDrift Settled()
        {
            SleepDrift drift = new SleepDrift();
            for (int i = 0; i < 24; i++)
            {
                drift.Add(Hour);
                drift.Learn(Hour + (Hour / 50));
            }

            return drift;
        }
    }
}
