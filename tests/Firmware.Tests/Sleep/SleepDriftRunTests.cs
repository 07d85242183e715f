using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    /// <summary>Days of sleep at an interval of 5 minutes, with a server that is right to 50 ms.</summary>
    [TestClass]
    public class SleepDriftRunTests
    {
        private const long Day = SleepDriftRun.Day;

        [TestMethod]
        [DataRow(20000)]
        [DataRow(-20000)]
        [DataRow(95000)]
        [DataRow(-95000)]
        [DataRow(0)]
        public void Mean_wake_error_after_a_day_is_below_a_quarter_of_a_second(int ppm)
        {
            SleepDriftRun run = AfterADay(ppm, 0, 0);
            run.RunFor(6 * Day);
            Assert.IsTrue(run.Mean < 250, run.Mean + " ms");
        }

        [TestMethod]
        [DataRow(20000)]
        [DataRow(-20000)]
        public void Mean_wake_error_with_noise_in_each_sleep_is_below_three_quarters_of_a_second(int ppm)
        {
            SleepDriftRun run = AfterADay(ppm, 0, 1000);
            run.RunFor(6 * Day);
            Assert.IsTrue(run.Mean < 750, run.Mean + " ms");
        }

        [TestMethod]
        public void Mean_wake_error_with_a_drift_that_follows_the_temperature_is_below_half_a_second()
        {
            SleepDriftRun run = AfterADay(20000, 2000, 0);
            run.RunFor(6 * Day);
            Assert.IsTrue(run.Mean < 500, run.Mean + " ms");
        }

        [TestMethod]
        public void No_wake_is_a_second_late_when_the_drift_stays()
        {
            SleepDriftRun run = AfterADay(20000, 0, 0);
            run.RunFor(6 * Day);
            Assert.IsTrue(run.Worst < 1000, run.Worst + " ms");
        }

        [TestMethod]
        public void Server_is_asked_a_few_times_a_day_when_the_drift_stays()
        {
            SleepDriftRun run = AfterADay(20000, 0, 0);
            run.RunFor(Day);
            Assert.IsTrue(run.Syncs <= 12, run.Syncs + " times");
        }

        [TestMethod]
        public void Time_holds_for_days_without_a_server()
        {
            SleepDriftRun run = AfterADay(20000, 0, 100);
            run.HasServer = false;
            run.RunFor(3 * Day);
            Assert.IsTrue(run.ClockError < 10000, run.ClockError + " ms");
        }

        [TestMethod]
        public void Error_that_is_stated_without_a_server_is_not_exceeded()
        {
            SleepDriftRun run = AfterADay(20000, 0, 100);
            run.HasServer = false;
            run.RunFor(3 * Day);
            Assert.IsTrue(run.ClockError <= run.Drift.ErrorMs + 50, run.ClockError + " of " + run.Drift.ErrorMs);
        }

        [TestMethod]
        [DataRow(31536000000L)]
        [DataRow(-31536000000L)]
        [DataRow(3600000L)]
        [DataRow(-60000L)]
        [DataRow(-20000L)]
        public void Server_that_jumps_once_and_comes_back_leaves_the_drift_as_it_was(long jump)
        {
            SleepDriftRun run = AfterADay(20000, 0, 0);
            run.Jump = jump;
            run.RunFor(3 * Day);
            int error = run.Drift.Ppm - 20000;
            Assert.IsTrue(error > -200 && error < 200, run.Drift.Ppm + " ppm");
        }

        private static SleepDriftRun AfterADay(int ppm, int swing, int noise)
        {
            SleepDriftRun run = new SleepDriftRun { Ppm = ppm, Swing = swing, Noise = noise };
            run.RunFor(Day);
            run.Forget();
            return run;
        }
    }
}
