using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    /// <summary>Every event in every state, and the time that every state has: a cap of 30 s, 1 s of listening.</summary>
    [TestClass]
    public class WakeCycleTests
    {
        private const int Measuring = (int)WakeState.Measuring;
        private const int Connecting = (int)WakeState.Connecting;
        private const int Publishing = (int)WakeState.Publishing;
        private const int Listening = (int)WakeState.Listening;
        private const int Announcing = (int)WakeState.Announcing;
        private const int Asleep = (int)WakeState.Asleep;

        private const int RadioNeeded = (int)WakeEvent.RadioNeeded;
        private const int RadioNotNeeded = (int)WakeEvent.RadioNotNeeded;
        private const int Online = (int)WakeEvent.Online;
        private const int Lost = (int)WakeEvent.Lost;
        private const int Waiting = (int)WakeEvent.Waiting;
        private const int Drained = (int)WakeEvent.Drained;
        private const int Acknowledged = (int)WakeEvent.Acknowledged;
        private const int Message = (int)WakeEvent.Message;
        private const int EndOfQueue = (int)WakeEvent.EndOfQueue;
        private const int Announced = (int)WakeEvent.Announced;
        private const int Tick = (int)WakeEvent.Tick;

        private const int None = (int)WakeAction.None;
        private const int Connect = (int)WakeAction.Connect;
        private const int Publish = (int)WakeAction.Publish;
        private const int Listen = (int)WakeAction.Listen;
        private const int Leave = (int)WakeAction.Announce;
        private const int Sleep = (int)WakeAction.Sleep;

        [TestMethod]
        [DataRow(Measuring, RadioNeeded, Connecting, Connect)]
        [DataRow(Measuring, RadioNotNeeded, Asleep, Sleep)]
        [DataRow(Measuring, Online, Measuring, None)]
        [DataRow(Measuring, Lost, Measuring, None)]
        [DataRow(Measuring, Waiting, Measuring, None)]
        [DataRow(Measuring, Drained, Measuring, None)]
        [DataRow(Measuring, Acknowledged, Measuring, None)]
        [DataRow(Measuring, Message, Measuring, None)]
        [DataRow(Measuring, EndOfQueue, Measuring, None)]
        [DataRow(Measuring, Announced, Measuring, None)]
        [DataRow(Measuring, Tick, Measuring, None)]
        [DataRow(Connecting, RadioNeeded, Connecting, None)]
        [DataRow(Connecting, RadioNotNeeded, Connecting, None)]
        [DataRow(Connecting, Online, Publishing, Publish)]
        [DataRow(Connecting, Lost, Connecting, None)]
        [DataRow(Connecting, Waiting, Connecting, None)]
        [DataRow(Connecting, Drained, Connecting, None)]
        [DataRow(Connecting, Acknowledged, Connecting, None)]
        [DataRow(Connecting, Message, Connecting, None)]
        [DataRow(Connecting, EndOfQueue, Connecting, None)]
        [DataRow(Connecting, Announced, Connecting, None)]
        [DataRow(Connecting, Tick, Connecting, None)]
        [DataRow(Publishing, RadioNeeded, Publishing, None)]
        [DataRow(Publishing, RadioNotNeeded, Publishing, None)]
        [DataRow(Publishing, Online, Publishing, None)]
        [DataRow(Publishing, Lost, Connecting, Connect)]
        [DataRow(Publishing, Waiting, Publishing, None)]
        [DataRow(Publishing, Drained, Listening, Listen)]
        [DataRow(Publishing, Acknowledged, Publishing, None)]
        [DataRow(Publishing, Message, Publishing, None)]
        [DataRow(Publishing, EndOfQueue, Publishing, None)]
        [DataRow(Publishing, Announced, Publishing, None)]
        [DataRow(Publishing, Tick, Publishing, None)]
        [DataRow(Listening, RadioNeeded, Listening, None)]
        [DataRow(Listening, RadioNotNeeded, Listening, None)]
        [DataRow(Listening, Online, Listening, None)]
        [DataRow(Listening, Lost, Connecting, Connect)]
        [DataRow(Listening, Waiting, Listening, None)]
        [DataRow(Listening, Drained, Listening, None)]
        [DataRow(Listening, Acknowledged, Listening, None)]
        [DataRow(Listening, Message, Listening, None)]
        [DataRow(Listening, EndOfQueue, Announcing, Leave)]
        [DataRow(Listening, Announced, Listening, None)]
        [DataRow(Listening, Tick, Listening, None)]
        [DataRow(Announcing, RadioNeeded, Announcing, None)]
        [DataRow(Announcing, RadioNotNeeded, Announcing, None)]
        [DataRow(Announcing, Online, Announcing, None)]
        [DataRow(Announcing, Lost, Connecting, Connect)]
        [DataRow(Announcing, Waiting, Listening, Listen)]
        [DataRow(Announcing, Drained, Announcing, None)]
        [DataRow(Announcing, Acknowledged, Announcing, None)]
        [DataRow(Announcing, Message, Listening, Listen)]
        [DataRow(Announcing, EndOfQueue, Announcing, None)]
        [DataRow(Announcing, Announced, Asleep, Sleep)]
        [DataRow(Announcing, Tick, Announcing, None)]
        [DataRow(Asleep, RadioNeeded, Asleep, None)]
        [DataRow(Asleep, RadioNotNeeded, Asleep, None)]
        [DataRow(Asleep, Online, Asleep, None)]
        [DataRow(Asleep, Lost, Asleep, None)]
        [DataRow(Asleep, Waiting, Asleep, None)]
        [DataRow(Asleep, Drained, Asleep, None)]
        [DataRow(Asleep, Acknowledged, Asleep, None)]
        [DataRow(Asleep, Message, Asleep, None)]
        [DataRow(Asleep, EndOfQueue, Asleep, None)]
        [DataRow(Asleep, Announced, Asleep, None)]
        [DataRow(Asleep, Tick, Asleep, None)]
        public void Event_before_the_deadline_moves_as_the_table_says(int from, int e, int to, int action)
        {
            WakeCycle cycle = In(from);
            int done = (int)cycle.On((WakeEvent)e, 0);
            Assert.AreEqual(to + " " + action, (int)cycle.State + " " + done);
        }

        [TestMethod]
        [DataRow(Measuring, 29999L, Measuring, None)]
        [DataRow(Measuring, 30000L, Asleep, Sleep)]
        [DataRow(Connecting, 11999L, Connecting, None)]
        [DataRow(Connecting, 12000L, Asleep, Sleep)]
        [DataRow(Publishing, 29999L, Publishing, None)]
        [DataRow(Publishing, 30000L, Announcing, Leave)]
        [DataRow(Listening, 999L, Listening, None)]
        [DataRow(Listening, 1000L, Announcing, Leave)]
        [DataRow(Announcing, 29999L, Announcing, None)]
        [DataRow(Announcing, 30000L, Asleep, Sleep)]
        [DataRow(Asleep, 1000000L, Asleep, None)]
        public void State_has_its_time(int state, long now, int to, int action)
        {
            WakeCycle cycle = In(state);
            int done = (int)cycle.On(WakeEvent.Tick, now);
            Assert.AreEqual(to + " " + action, (int)cycle.State + " " + done);
        }

        [TestMethod]
        [DataRow(Measuring, 30000L)]
        [DataRow(Connecting, 12000L)]
        [DataRow(Publishing, 30000L)]
        [DataRow(Listening, 1000L)]
        [DataRow(Announcing, 30000L)]
        [DataRow(Asleep, long.MaxValue)]
        public void Deadline_of_each_state_is_reported(int state, long deadline)
        {
            Assert.AreEqual(deadline, In(state).Deadline);
        }

        private static WakeCycle In(int state)
        {
            WakeCycle cycle = new WakeCycle(new AwakeLocks(), 0, 30000, 1000);
            if (state == Asleep)
            {
                cycle.On(WakeEvent.RadioNotNeeded, 0);
                return cycle;
            }

            WakeEvent[] way = { WakeEvent.RadioNeeded, WakeEvent.Online, WakeEvent.Drained, WakeEvent.EndOfQueue };
            for (int i = 0; i < way.Length && (int)cycle.State != state; i++)
            {
                cycle.On(way[i], 0);
            }

            Assert.AreEqual(state, (int)cycle.State);
            return cycle;
        }
    }
}
