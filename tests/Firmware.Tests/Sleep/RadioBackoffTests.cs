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
            RadioBackoff thrift = Failed(6);
            for (int i = 0; i < 10; i++)
            {
                thrift.Count();
            }

            Assert.IsTrue(thrift.Allows(true));
        }

        [TestMethod]
        public void Success_ends_the_thrift()
        {
            RadioBackoff thrift = Failed(6);
            thrift.Tried(true);
            Assert.AreEqual(1, WakesUntilAllowed(thrift, false));
        }

        [TestMethod]
        public void Week_without_a_network_takes_few_attempts()
        {
            RadioBackoff thrift = new RadioBackoff();
            int attempts = 0;
            for (int i = 0; i < 7 * 288; i++)
            {
                thrift.Count();
                if (thrift.Allows(false))
                {
                    attempts++;
                    thrift.Tried(false);
                }
            }

            // 1, 2, 4, 8, 16, 32 wakes after each other, and each 32nd from then on.
            Assert.AreEqual(68, attempts);
        }

        private static RadioBackoff Failed(int times)
        {
            RadioBackoff thrift = new RadioBackoff();
            for (int i = 0; i < times; i++)
            {
                thrift.Tried(false);
            }

            return thrift;
        }

        private static int WakesUntilAllowed(RadioBackoff thrift, bool isAlarm)
        {
            int wakes = 0;
            do
            {
                thrift.Count();
                wakes++;
            }
            while (!thrift.Allows(isAlarm));
            return wakes;
        }
    }
}
