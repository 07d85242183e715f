using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    /// <summary>The end of a wake: nothing that came at the last moment is left behind, and the broker knows of the sleep.</summary>
    [TestClass]
    public class WakeCycleAnnouncingTests
    {
        private const int Listening = (int)WakeState.Listening;
        private const int Announcing = (int)WakeState.Announcing;
        private const int Asleep = (int)WakeState.Asleep;

        [TestMethod]
        public void Announcing_at_the_cap_waits_for_acknowledgements()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 30000);
            cycle.On(WakeEvent.Announced, 30100);
            Assert.AreEqual(Announcing, (int)cycle.State);
        }

        [TestMethod]
        public void Announcing_at_the_cap_ends_when_all_is_acknowledged()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 30000);
            cycle.On(WakeEvent.Announced, 30100);
            cycle.On(WakeEvent.Drained, 30200);
            Assert.AreEqual(Asleep, (int)cycle.State);
        }

        [TestMethod]
        public void Announcing_at_the_cap_is_not_ended_by_a_request()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 30000);
            cycle.On(WakeEvent.Message, 30100);
            Assert.AreEqual(Announcing, (int)cycle.State);
        }

        [TestMethod]
        public void Announcing_restarts_after_a_request()
        {
            WakeCycle cycle = Drained(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 1000);
            cycle.On(WakeEvent.Message, 1100);
            Assert.AreEqual((int)WakeAction.Announce, (int)cycle.On(WakeEvent.Tick, 2100));
        }

        [TestMethod]
        public void Lock_that_is_taken_while_announcing_keeps_the_device_awake()
        {
            AwakeLocks locks = new AwakeLocks();
            WakeCycle cycle = Drained(locks);
            cycle.On(WakeEvent.Tick, 1000);
            locks.Held |= AwakeHold.WithinCap;
            cycle.On(WakeEvent.Announced, 1100);
            Assert.AreEqual(Listening, (int)cycle.State);
        }

        [TestMethod]
        public void Sleep_is_announced_when_the_broker_has_acknowledged_it()
        {
            WakeCycle cycle = Drained(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 1000);
            cycle.On(WakeEvent.Announced, 1100);
            Assert.IsTrue(cycle.IsAnnounced);
        }

        [TestMethod]
        public void Broker_does_not_know_of_the_sleep_when_it_did_not_acknowledge()
        {
            WakeCycle cycle = Drained(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 1000);
            cycle.On(WakeEvent.Tick, 4000);
            Assert.IsFalse(cycle.IsAnnounced);
        }

        [TestMethod]
        public void Lost_connection_revokes_the_announcement()
        {
            WakeCycle cycle = Online(new AwakeLocks());
            cycle.On(WakeEvent.Tick, 30000);
            cycle.On(WakeEvent.Announced, 30100);
            cycle.On(WakeEvent.Lost, 30200);
            Assert.AreEqual(Asleep + " False", (int)cycle.State + " " + cycle.IsAnnounced);
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
