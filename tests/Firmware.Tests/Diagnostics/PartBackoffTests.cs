using Firmware.Diagnostics;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics
{
    [TestClass]
    public class PartBackoffTests
    {
        [TestMethod]
        public void Part_that_works_may_always_run()
        {
            PartBackoff backoff = new PartBackoff(2);
            backoff.Worked(0);
            Assert.IsTrue(backoff.MayRun(0, 0));
            Assert.IsTrue(backoff.DueAt(0, 77) == 77);
            Assert.IsTrue(backoff.DueAt(0, long.MaxValue) == long.MaxValue);
        }

        [TestMethod]
        public void Pauses_double_up_to_a_minute()
        {
            PartBackoff backoff = new PartBackoff(1);
            int[] pauses = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000 };
            long now = 500;
            for (int i = 0; i < pauses.Length; i++)
            {
                backoff.Failed(0, now);
                Assert.IsFalse(backoff.MayRun(0, now + pauses[i] - 1));
                now += pauses[i];
                Assert.IsTrue(backoff.MayRun(0, now));
            }
        }

        [TestMethod]
        public void Success_resets_the_back_off()
        {
            PartBackoff backoff = new PartBackoff(1);
            backoff.Failed(0, 0);
            backoff.Failed(0, 1000);
            Assert.IsFalse(backoff.MayRun(0, 1000));
            backoff.Worked(0);
            Assert.IsTrue(backoff.MayRun(0, 1000));
            backoff.Failed(0, 5000);
            Assert.IsTrue(backoff.MayRun(0, 6000));
        }

        [TestMethod]
        public void One_part_does_not_hold_up_another()
        {
            PartBackoff backoff = new PartBackoff(2);
            backoff.Failed(1, 0);
            Assert.IsTrue(backoff.MayRun(0, 0));
            Assert.IsFalse(backoff.MayRun(1, 0));
        }

        [TestMethod]
        public void Failed_part_that_is_overdue_does_not_keep_the_loop_busy()
        {
            PartBackoff backoff = new PartBackoff(1);
            backoff.Failed(0, 10000);
            Assert.IsTrue(backoff.DueAt(0, 0) == 11000);
            Assert.IsTrue(backoff.DueAt(0, 12000) == 12000);
            Assert.IsTrue(backoff.DueAt(0, long.MaxValue) == 11000);
        }
    }
}
