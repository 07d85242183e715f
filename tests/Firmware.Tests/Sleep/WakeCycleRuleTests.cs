using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    /// <summary>What the table of transitions does not show: a cap of 30 s, 1 s of listening.</summary>
    [TestClass]
    public class WakeCycleRuleTests
    {
        private const int Connecting = (int)WakeState.Connecting;
        private const int Publishing = (int)WakeState.Publishing;
        private const int Listening = (int)WakeState.Listening;
        private const int Announcing = (int)WakeState.Announcing;
        private const int Asleep = (int)WakeState.Asleep;

        [TestMethod]
        public void Attempt_counts_from_the_decision()
        {
            WakeCycle cycle = new WakeCycle(new AwakeLocks(), 0, 30000, 1000);
            cycle.On(WakeEvent.RadioNeeded, 700);
            Assert.AreEqual(12700L, cycle.Deadline);
        }

        [TestMethod]
        public void Attempt_is_bounded_by_the_cap_too()
        {
            WakeCycle cycle = new WakeCycle(new AwakeLocks(), 0, 10000, 1000);
            cycle.On(WakeEvent.RadioNeeded, 700);
            Assert.AreEqual(10000L, cycle.Deadline);
        }

        [TestMethod]
        [DataRow(11999L, Connecting)]
        [DataRow(12000L, Asleep)]
        public void Lost_connection_is_made_again_within_the_time_of_the_attempt(long now, int state)
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Lost, now);
            Assert.AreEqual(state, (int)cycle.State);
        }

        [TestMethod]
        public void Unacknowledged_message_does_not_give_the_attempt_more_time()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Waiting, 11000);
            cycle.On(WakeEvent.Lost, 11900);
            Assert.AreEqual(12000L, cycle.Deadline);
        }

        [TestMethod]
        public void Connection_that_comes_back_publishes_again()
        {
            WakeCycle cycle = Drained(new AwakeLocks());
            cycle.On(WakeEvent.Lost, 100);
            cycle.On(WakeEvent.Online, 200);
            Assert.AreEqual(Publishing, (int)cycle.State);
        }

        [TestMethod]
        public void Message_that_is_not_acknowledged_keeps_it_awake_to_the_cap()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Waiting, 100);
            Assert.AreEqual(30000L, cycle.Deadline);
        }

        [TestMethod]
        public void Message_from_the_broker_restarts_the_time_of_listening()
        {
            WakeCycle cycle = Drained(new AwakeLocks());
            cycle.On(WakeEvent.Message, 900);
            Assert.AreEqual(1900L, cycle.Deadline);
        }

        [TestMethod]
        public void Acknowledged_response_restarts_the_time_of_listening()
        {
            WakeCycle cycle = Drained(new AwakeLocks());
            cycle.On(WakeEvent.Waiting, 500);
            cycle.On(WakeEvent.Drained, 800);
            Assert.AreEqual(1800L, cycle.Deadline);
        }

        [TestMethod]
        public void Drain_without_a_message_does_not_restart_the_time_of_listening()
        {
            WakeCycle cycle = Drained(new AwakeLocks());
            cycle.On(WakeEvent.Drained, 800);
            Assert.AreEqual(1000L, cycle.Deadline);
        }

        [TestMethod]
        [DataRow((int)AwakeHold.WithinCap)]
        [DataRow((int)AwakeHold.Trial)]
        public void Lock_keeps_it_listening_to_the_cap(int name)
        {
            AwakeLocks locks = new AwakeLocks();
            locks.Held |= (AwakeHold)name;
            WakeCycle cycle = Drained(locks);
            cycle.On(WakeEvent.Tick, 29999);
            Assert.AreEqual(Listening + " 30000", (int)cycle.State + " " + cycle.Deadline);
        }

        [TestMethod]
        public void Lock_that_is_released_late_lets_it_announce_at_once()
        {
            AwakeLocks locks = new AwakeLocks();
            locks.Held |= AwakeHold.WithinCap;
            WakeCycle cycle = Drained(locks);
            cycle.On(WakeEvent.Tick, 5000);
            locks.Held &= ~AwakeHold.WithinCap;
            cycle.On(WakeEvent.Tick, 5000);
            Assert.AreEqual(Announcing, (int)cycle.State);
        }

        [TestMethod]
        public void Cap_is_stronger_than_a_lock()
        {
            AwakeLocks locks = new AwakeLocks();
            locks.Held |= AwakeHold.WithinCap;
            WakeCycle cycle = Drained(locks);
            cycle.On(WakeEvent.Tick, 30000);
            Assert.AreEqual(Announcing, (int)cycle.State);
        }

        [TestMethod]
        public void Update_has_ten_minutes()
        {
            AwakeLocks locks = new AwakeLocks();
            locks.Held |= AwakeHold.LongCap;
            Assert.AreEqual(600000L, Drained(locks).Deadline);
        }

        [TestMethod]
        [DataRow(20000L, 20000L)]
        [DataRow(60000L, 60000L)]
        [DataRow(3600000L, 600000L)]
        public void Request_keeps_it_awake_for_its_time_and_ten_minutes_at_most(long until, long deadline)
        {
            AwakeLocks locks = new AwakeLocks();
            locks.StaysUntil = until;
            Assert.AreEqual(deadline, Drained(locks).Deadline);
        }

        [TestMethod]
        public void End_of_the_queue_does_not_end_the_time_to_stay_awake()
        {
            AwakeLocks locks = new AwakeLocks();
            locks.StaysUntil = 20000;
            WakeCycle cycle = Drained(locks);
            cycle.On(WakeEvent.EndOfQueue, 100);
            Assert.AreEqual(20000L, cycle.Deadline);
        }

        [TestMethod]
        public void Cap_without_its_update_is_the_normal_one()
        {
            AwakeLocks locks = new AwakeLocks();
            locks.Held |= AwakeHold.LongCap;
            WakeCycle cycle = Drained(locks);
            cycle.On(WakeEvent.Tick, 100000);
            locks.Held &= ~AwakeHold.LongCap;
            cycle.On(WakeEvent.Waiting, 100000);
            Assert.AreEqual(Announcing, (int)cycle.State);
        }

        [TestMethod]
        public void End_of_the_queue_while_publishing_announces_as_soon_as_all_is_acknowledged()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.EndOfQueue, 100);
            Assert.AreEqual((int)WakeAction.Announce, (int)cycle.On(WakeEvent.Drained, 200));
        }

        [TestMethod]
        public void Message_after_the_end_of_the_queue_takes_it_back()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.EndOfQueue, 100);
            cycle.On(WakeEvent.Message, 150);
            cycle.On(WakeEvent.Drained, 200);
            Assert.AreEqual(Listening, (int)cycle.State);
        }

        [TestMethod]
        public void Connection_that_is_lost_takes_back_the_end_of_the_queue()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.EndOfQueue, 100);
            cycle.On(WakeEvent.Lost, 150);
            cycle.On(WakeEvent.Online, 160);
            cycle.On(WakeEvent.Drained, 200);
            Assert.AreEqual(Listening, (int)cycle.State);
        }

        [TestMethod]
        [DataRow((int)WakeEvent.Acknowledged, true)]
        [DataRow((int)WakeEvent.Drained, true)]
        [DataRow((int)WakeEvent.Message, true)]
        [DataRow((int)WakeEvent.Waiting, false)]
        [DataRow((int)WakeEvent.Lost, false)]
        [DataRow((int)WakeEvent.Tick, false)]
        public void Attempt_has_succeeded_when_the_broker_responds(int e, bool isReached)
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On((WakeEvent)e, 100);
            Assert.AreEqual(isReached, cycle.IsReached);
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
