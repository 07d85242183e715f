using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class RadioBackoffTests
    {
        [TestMethod]
        [DataRow(0, 1)]
        [DataRow(1, 1)]
        [DataRow(2, 2)]
        [DataRow(3, 4)]
        [DataRow(4, 8)]
        [DataRow(5, 16)]
        [DataRow(6, 32)]
        [DataRow(7, 32)]
        [DataRow(1000, 32)]
        public void Period_doubles_with_every_failure_after_the_first_two(int failures, int period)
        {
            Assert.AreEqual(period, Failed(failures).Period);
        }

        [TestMethod]
        [DataRow(0, 1)]
        [DataRow(1, 1)]
        [DataRow(2, 2)]
        [DataRow(3, 4)]
        [DataRow(6, 32)]
        public void Attempt_waits_for_its_wake(int failures, int wakes)
        {
            Assert.AreEqual(wakes, WakesUntilAllowed(Failed(failures), false));
        }

        [TestMethod]
        [DataRow(0, 1)]
        [DataRow(2, 2)]
        [DataRow(3, 4)]
        [DataRow(4, 4)]
        [DataRow(6, 4)]
        public void Alarm_waits_for_the_fourth_wake_at_most(int failures, int wakes)
        {
            Assert.AreEqual(wakes, WakesUntilAllowed(Failed(failures), true));
        }

        [TestMethod]
        public void Alarm_long_after_the_last_attempt_goes_at_once()
        {
            RadioBackoff backoff = Failed(6);
            for (int i = 0; i < 10; i++)
            {
                backoff.Count();
            }

            Assert.IsTrue(backoff.Allows(true));
        }

        [TestMethod]
        public void Success_ends_the_backoff()
        {
            RadioBackoff backoff = Failed(6);
            backoff.Tried(true);
            Assert.AreEqual(1, WakesUntilAllowed(backoff, false));
        }

        [TestMethod]
        public void Week_without_a_network_takes_few_attempts()
        {
            RadioBackoff backoff = new RadioBackoff();
            int attempts = 0;
            for (int i = 0; i < 7 * 288; i++)
            {
                backoff.Count();
                if (backoff.Allows(false))
                {
                    attempts++;
                    backoff.Tried(false);
                }
            }

            // 1, 2, 4, 8, 16, 32 wakes after each other, and each 32nd from then on.
            Assert.AreEqual(68, attempts);
        }

        private static RadioBackoff Failed(int times)
        {
            RadioBackoff backoff = new RadioBackoff();
            for (int i = 0; i < times; i++)
            {
                backoff.Tried(false);
            }

            return backoff;
        }

        private static int WakesUntilAllowed(RadioBackoff backoff, bool isAlarm)
        {
            int wakes = 0;
            do
            {
                backoff.Count();
                wakes++;
            }
            while (!backoff.Allows(isAlarm));
            return wakes;
        }
    }
}
