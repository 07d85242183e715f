using Firmware.Platform;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Platform
{
    [TestClass]
    public class TokenBucketTests
    {
        [TestMethod]
        [DataRow(100, 1)]
        [DataRow(1, 1)]
        [DataRow(7, 100)]
        public void Burst_is_allowed_at_once_and_no_more(int burst, int rate)
        {
            Assert.AreEqual(burst, Take(new TokenBucket(burst, rate), 5000));
        }

        [TestMethod]
        [DataRow(1, 999, 0)]
        [DataRow(1, 1000, 1)]
        [DataRow(1, 1999, 1)]
        [DataRow(1, 10000, 10)]
        [DataRow(4, 250, 1)]
        [DataRow(4, 1000, 4)]
        public void Tokens_return_at_the_rate(int rate, int elapsed, int messages)
        {
            TokenBucket budget = Empty(100, rate);
            Assert.AreEqual(messages, Take(budget, elapsed));
        }

        [TestMethod]
        [DataRow(3600000L)]
        [DataRow(long.MaxValue / 2)]
        public void No_more_than_a_burst_is_ever_saved(long elapsed)
        {
            Assert.AreEqual(100, Take(Empty(100, 100), elapsed));
        }

        [TestMethod]
        public void Time_that_is_asked_in_small_steps_is_not_lost()
        {
            TokenBucket budget = Empty(100, 1);
            int taken = 0;
            for (int now = 0; now <= 10000; now++)
            {
                taken += budget.TryTake(now) ? 1 : 0;
            }

            Assert.AreEqual(10, taken);
        }

        [TestMethod]
        [DataRow(1, 1000L)]
        [DataRow(3, 334L)]
        [DataRow(100, 10L)]
        public void Empty_budget_has_the_time_of_the_next_message(int rate, long nextAt)
        {
            Assert.AreEqual(nextAt, Empty(100, rate).NextAt);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(3)]
        [DataRow(7)]
        [DataRow(100)]
        public void Message_is_allowed_at_the_announced_time_and_not_before(int rate)
        {
            TokenBucket budget = Empty(100, rate);
            long nextAt = budget.NextAt;
            Assert.AreEqual("False True", budget.TryTake(nextAt - 1) + " " + budget.TryTake(nextAt));
        }

        [TestMethod]
        public void Full_budget_lets_a_message_go_now()
        {
            TokenBucket budget = new TokenBucket(100, 1);
            budget.TryTake(5000);
            Assert.IsTrue(budget.NextAt <= 5000);
        }

        private static TokenBucket Empty(int burst, int rate)
        {
            TokenBucket budget = new TokenBucket(burst, rate);
            Take(budget, 0);
            return budget;
        }

        private static int Take(TokenBucket budget, long now)
        {
            int count = 0;
            while (budget.TryTake(now))
            {
                count++;
            }

            return count;
        }
    }
}
