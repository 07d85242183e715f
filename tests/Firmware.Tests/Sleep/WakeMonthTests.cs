using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class WakeMonthTests
    {
        [TestMethod]
        public void Every_wake_sends_by_default()
        {
            WakeMonthRun run = new WakeMonthRun();
            run.RunFor(30);
            Assert.AreEqual(30 * WakeMonthRun.WakesPerDay, run.RadioWakes);
        }

        [TestMethod]
        public void Sending_in_each_twelfth_wake_takes_a_fifth_of_the_charge_or_less()
        {
            long each = new WakeMonthRun().RunFor(30);
            long twelfth = new WakeMonthRun { PublishEvery = 12 }.RunFor(30);
            Assert.IsTrue(twelfth * 5 <= each, twelfth + " of " + each);
        }

        [TestMethod]
        public void Week_without_a_network_takes_less_than_the_normal_charge()
        {
            WakeMonthRun run = new WakeMonthRun();
            long normal = run.RunFor(7);
            run.HasNetwork = false;
            long week = run.RunFor(7);
            Assert.IsTrue(week < normal, week + " of " + normal);
        }

        [TestMethod]
        public void Network_that_comes_back_is_found_within_32_wakes()
        {
            WakeMonthRun run = new WakeMonthRun { HasNetwork = false };
            run.RunFor(7);
            run.HasNetwork = true;
            run.RunFor(1);
            Assert.AreEqual(0, run.Waiting);
        }

        [TestMethod]
        public void Record_that_cannot_be_written_now_and_then_does_not_stop_the_wakes()
        {
            WakeMonthRun run = new WakeMonthRun { CutEvery = 10 };
            run.RunFor(30);
            Assert.AreEqual(0, run.Waiting);
        }
    }
}
