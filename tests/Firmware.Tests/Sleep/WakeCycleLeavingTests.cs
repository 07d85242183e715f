using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    /// <summary>The end of a wake: nothing that came at the last moment is left behind, and the broker knows of the sleep.</summary>
    [TestClass]
    public class WakeCycleLeavingTests
    {
        private const int Listening = (int)WakeState.Listening;
        private const int Leaving = (int)WakeState.Leaving;
        private const int Asleep = (int)WakeState.Asleep;

        [TestMethod]
        public void Leaving_at_the_cap_waits_for_what_is_under_way()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 30000);
            cycle.On(WakeEvent.Told, 30100);
            Assert.AreEqual(Leaving, (int)cycle.State);
        }

        [TestMethod]
        public void Leaving_at_the_cap_ends_when_all_is_acknowledged()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 30000);
            cycle.On(WakeEvent.Told, 30100);
            cycle.On(WakeEvent.Drained, 30200);
            Assert.AreEqual(Asleep, (int)cycle.State);
        }

        [TestMethod]
        public void Leaving_at_the_cap_takes_no_request_any_more()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 30000);
            cycle.On(WakeEvent.Message, 30100);
            Assert.AreEqual(Leaving, (int)cycle.State);
        }

        [TestMethod]
        public void Leaving_begins_anew_after_a_request_that_came_between()
        {
            WakeCycle cycle = Drained(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 1000);
            cycle.On(WakeEvent.Message, 1100);
            Assert.AreEqual((int)WakeAction.Leave, (int)cycle.On(WakeEvent.Tick, 2100));
        }

        [TestMethod]
        public void Lock_that_is_taken_while_leaving_is_waited_for()
        {
            AwakeLocks locks = new AwakeLocks();
            WakeCycle cycle = Drained(locks);
            cycle.On(WakeEvent.Tick, 1000);
            locks.Set(AwakeLock.Answers, true);
            cycle.On(WakeEvent.Told, 1100);
            Assert.AreEqual(Listening, (int)cycle.State);
        }

        [TestMethod]
        public void Broker_knows_of_the_sleep_when_it_was_told()
        {
            WakeCycle cycle = Drained(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 1000);
            cycle.On(WakeEvent.Told, 1100);
            Assert.IsTrue(cycle.IsTold);
        }

        [TestMethod]
        public void Broker_does_not_know_of_the_sleep_when_it_did_not_acknowledge()
        {
            WakeCycle cycle = Drained(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 1000);
            cycle.On(WakeEvent.Tick, 4000);
            Assert.IsFalse(cycle.IsTold);
        }

        [TestMethod]
        public void Broker_that_was_told_and_lost_does_not_know_of_the_sleep()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 30000);
            cycle.On(WakeEvent.Told, 30100);
            cycle.On(WakeEvent.Lost, 30200);
            Assert.AreEqual(Asleep + " False", (int)cycle.State + " " + cycle.IsTold);
        }

        private static WakeCycle Online(AwakeLocks locks)
        {
            WakeCycle cycle = new WakeCycle(locks, 0, 30000, 1000);
            cycle.On(WakeEvent.RadioNeeded, 0);
            cycle.On(WakeEvent.Online, 0);
            return cycle;
        }

        private static WakeCycle Drained(AwakeLocks locks)
        {
            WakeCycle cycle = Online(locks);
            cycle.On(WakeEvent.Drained, 0);
            return cycle;
        }
    }
}
