using Firmware.Connectivity;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    [TestClass]
    public class ConnectionMachineTests
    {
        private const int Off = (int)ConnectionState.Off;
        private const int Joining = (int)ConnectionState.Joining;
        private const int Connecting = (int)ConnectionState.Connecting;
        private const int Subscribing = (int)ConnectionState.Subscribing;
        private const int Online = (int)ConnectionState.Online;
        private const int BackingOff = (int)ConnectionState.BackingOff;

        private const int Start = (int)ConnectionEvent.Start;
        private const int Joined = (int)ConnectionEvent.Joined;
        private const int JoinFailed = (int)ConnectionEvent.JoinFailed;
        private const int LinkUp = (int)ConnectionEvent.LinkUp;
        private const int LinkDown = (int)ConnectionEvent.LinkDown;
        private const int Subscribed = (int)ConnectionEvent.Subscribed;
        private const int Tick = (int)ConnectionEvent.Tick;
        private const int Stop = (int)ConnectionEvent.Stop;

        private const int None = (int)ConnectionAction.None;
        private const int Join = (int)ConnectionAction.Join;
        private const int Connect = (int)ConnectionAction.Connect;
        private const int Subscribe = (int)ConnectionAction.Subscribe;
        private const int Announce = (int)ConnectionAction.Announce;
        private const int Drop = (int)ConnectionAction.Drop;

        [TestMethod]
        [DataRow(Off, Start, Joining, Join)]
        [DataRow(Off, Joined, Off, None)]
        [DataRow(Off, JoinFailed, Off, None)]
        [DataRow(Off, LinkUp, Off, None)]
        [DataRow(Off, LinkDown, Off, None)]
        [DataRow(Off, Subscribed, Off, None)]
        [DataRow(Off, Tick, Off, None)]
        [DataRow(Off, Stop, Off, Drop)]
        [DataRow(Joining, Start, Joining, None)]
        [DataRow(Joining, Joined, Connecting, Connect)]
        [DataRow(Joining, JoinFailed, BackingOff, Drop)]
        [DataRow(Joining, LinkUp, Joining, None)]
        [DataRow(Joining, LinkDown, Joining, None)]
        [DataRow(Joining, Subscribed, Joining, None)]
        [DataRow(Joining, Tick, Joining, None)]
        [DataRow(Joining, Stop, Off, Drop)]
        [DataRow(Connecting, Start, Connecting, None)]
        [DataRow(Connecting, Joined, Connecting, None)]
        [DataRow(Connecting, JoinFailed, Connecting, None)]
        [DataRow(Connecting, LinkUp, Subscribing, Subscribe)]
        [DataRow(Connecting, LinkDown, BackingOff, Drop)]
        [DataRow(Connecting, Subscribed, Connecting, None)]
        [DataRow(Connecting, Tick, Connecting, None)]
        [DataRow(Connecting, Stop, Off, Drop)]
        [DataRow(Subscribing, Start, Subscribing, None)]
        [DataRow(Subscribing, Joined, Subscribing, None)]
        [DataRow(Subscribing, JoinFailed, Subscribing, None)]
        [DataRow(Subscribing, LinkUp, Subscribing, None)]
        [DataRow(Subscribing, LinkDown, BackingOff, Drop)]
        [DataRow(Subscribing, Subscribed, Online, Announce)]
        [DataRow(Subscribing, Tick, Subscribing, None)]
        [DataRow(Subscribing, Stop, Off, Drop)]
        [DataRow(Online, Start, Online, None)]
        [DataRow(Online, Joined, Online, None)]
        [DataRow(Online, JoinFailed, Online, None)]
        [DataRow(Online, LinkUp, Online, None)]
        [DataRow(Online, LinkDown, BackingOff, Drop)]
        [DataRow(Online, Subscribed, Online, None)]
        [DataRow(Online, Tick, Online, None)]
        [DataRow(Online, Stop, Off, Drop)]
        [DataRow(BackingOff, Start, BackingOff, None)]
        [DataRow(BackingOff, Joined, BackingOff, None)]
        [DataRow(BackingOff, JoinFailed, BackingOff, None)]
        [DataRow(BackingOff, LinkUp, BackingOff, None)]
        [DataRow(BackingOff, LinkDown, BackingOff, None)]
        [DataRow(BackingOff, Subscribed, BackingOff, None)]
        [DataRow(BackingOff, Tick, BackingOff, None)]
        [DataRow(BackingOff, Stop, Off, Drop)]
        public void Event_before_the_deadline_moves_as_the_table_says(int from, int e, int to, int action)
        {
            ConnectionMachine machine = In(from);
            int done = (int)machine.On((ConnectionEvent)e, 0);
            Assert.AreEqual(to + " " + action, (int)machine.State + " " + done);
        }

        // The pause is random: what is due at a time is tested with ConnectionMachineBackoffTests.
        [TestMethod]
        [DataRow(Joining, 29999, Joining, None)]
        [DataRow(Joining, 30000, BackingOff, Drop)]
        [DataRow(Connecting, 34999, Connecting, None)]
        [DataRow(Connecting, 35000, BackingOff, Drop)]
        [DataRow(Subscribing, 9999, Subscribing, None)]
        [DataRow(Subscribing, 10000, BackingOff, Drop)]
        [DataRow(BackingOff, 1000, Joining, Join)]
        [DataRow(Off, int.MaxValue, Off, None)]
        [DataRow(Online, int.MaxValue, Online, None)]
        public void Each_step_has_its_time_limit(int state, int now, int to, int action)
        {
            ConnectionMachine machine = In(state);
            int done = (int)machine.On(ConnectionEvent.Tick, now);
            Assert.AreEqual(to + " " + action, (int)machine.State + " " + done);
        }

        [TestMethod]
        [DataRow(Joining, 30000L)]
        [DataRow(Connecting, 35000L)]
        [DataRow(Subscribing, 10000L)]
        [DataRow(Off, long.MaxValue)]
        [DataRow(Online, long.MaxValue)]
        public void Deadline_of_each_state_is_reported(int state, long deadline)
        {
            Assert.AreEqual(deadline, In(state).Deadline);
        }

        [TestMethod]
        public void Deadline_counts_from_now()
        {
            ConnectionMachine machine = Create();
            machine.On(ConnectionEvent.Start, 123456789012L);
            Assert.AreEqual(123456819012L, machine.Deadline);
        }

        [TestMethod]
        public void Connection_machine_has_no_due_time_after_a_stop()
        {
            ConnectionMachine machine = In(Joining);
            machine.On(ConnectionEvent.Stop, 0);
            Assert.AreEqual(long.MaxValue, machine.Deadline);
        }

        [TestMethod]
        public void Connection_may_be_started_again_after_a_stop()
        {
            ConnectionMachine machine = In(Online);
            machine.On(ConnectionEvent.Stop, 0);
            Assert.AreEqual(Join, (int)machine.On(ConnectionEvent.Start, 0));
        }

        private static ConnectionMachine Create() => new ConnectionMachine(new Jitter(1));

        private static ConnectionMachine In(int state)
        {
            ConnectionMachine machine = Create();
            if (state == BackingOff)
            {
                Reach(machine, Joining);
                machine.On(ConnectionEvent.JoinFailed, 0);
            }
            else if (state != Off)
            {
                Reach(machine, state);
            }

            return machine;
        }

        /// <summary>Goes on at time 0 on the way from Off over Joining to Online.</summary>
        private static void Reach(ConnectionMachine machine, int state)
        {
            ConnectionEvent[] way = { ConnectionEvent.Start, ConnectionEvent.Joined, ConnectionEvent.LinkUp, ConnectionEvent.Subscribed };
            for (int i = 0; i < way.Length && (int)machine.State != state; i++)
            {
                machine.On(way[i], 0);
            }

            Assert.AreEqual(state, (int)machine.State);
        }
    }
}
