using Firmware.Connectivity;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    /// <summary>What the machine remembers of failures: pauses, the radio, the network.</summary>
    [TestClass]
    public class ConnectionMachineBackoffTests
    {
        private const long Minute = 60000;

        [TestMethod]
        public void Pause_is_within_its_limit_and_no_longer()
        {
            for (int seed = 0; seed < 200; seed++)
            {
                ConnectionMachine machine = Started(seed);
                machine.On(ConnectionEvent.JoinFailed, 0);
                Assert.IsTrue(machine.Deadline >= 0 && machine.Deadline <= 1000);
            }
        }

        [TestMethod]
        public void Next_try_is_made_when_the_pause_is_over_and_not_before()
        {
            ConnectionMachine machine = Started(3);
            machine.On(ConnectionEvent.JoinFailed, 0);
            long due = machine.Deadline;
            ConnectionAction early = machine.On(ConnectionEvent.Tick, due - 1);
            ConnectionAction onTime = machine.On(ConnectionEvent.Tick, due);
            Assert.AreEqual((int)ConnectionAction.None + " " + (int)ConnectionAction.Join, (int)early + " " + (int)onTime);
        }

        [TestMethod]
        [DataRow((int)ConnectionEvent.JoinFailed)]
        [DataRow((int)ConnectionEvent.Tick)]
        public void Limit_doubles_up_to_five_minutes_when_joining_fails(int failure)
        {
            ConnectionMachine machine = Started(1);
            string limits = string.Empty;
            for (int i = 0; i < 11; i++)
            {
                limits += (machine.Backoff.Limit / 1000) + " ";
                FailToJoin(machine, (ConnectionEvent)failure);
            }

            Assert.AreEqual("1 2 4 8 16 32 64 128 256 300 300 ", limits);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void Limit_doubles_when_the_broker_is_not_there(int steps)
        {
            ConnectionMachine machine = Started(1);
            for (int i = 0; i < 4; i++)
            {
                Reach(machine, steps, 0);
                machine.On(ConnectionEvent.LinkDown, 0);
                machine.On(ConnectionEvent.Tick, machine.Deadline);
            }

            Assert.AreEqual(16000, machine.Backoff.Limit);
        }

        [TestMethod]
        [DataRow(59999L, 2 * Backoff.DefaultFleetLimit)]
        [DataRow(60000L, Backoff.DefaultFleetLimit)]
        public void Limit_starts_again_only_after_a_minute_online(long online, int limit)
        {
            ConnectionMachine machine = Started(1);
            for (int i = 0; i < 6; i++)
            {
                FailToJoin(machine, ConnectionEvent.JoinFailed);
            }

            Reach(machine, 3, Minute);
            machine.On(ConnectionEvent.LinkDown, Minute + online);
            Assert.AreEqual(limit, machine.Backoff.Limit);
        }

        [TestMethod]
        public void Limit_starts_again_after_a_connection_on_which_something_was_acknowledged()
        {
            ConnectionMachine machine = Started(1);
            for (int i = 0; i < 6; i++)
            {
                FailToJoin(machine, ConnectionEvent.JoinFailed);
            }

            Reach(machine, 3, Minute);
            machine.Prove();
            machine.On(ConnectionEvent.LinkDown, Minute + 1);
            Assert.AreEqual(Backoff.DefaultFleetLimit, machine.Backoff.Limit);
        }

        // A broker that is there but cannot work, as one with a full disk: the device must not be away when it can again.
        [TestMethod]
        public void Pauses_stay_short_while_connections_open_and_nothing_is_acknowledged()
        {
            ConnectionMachine machine = Started(1);
            for (int i = 0; i < 100; i++)
            {
                long now = machine.Deadline;
                Reach(machine, 3, now);
                machine.On(ConnectionEvent.LinkDown, now);
                Assert.IsTrue(machine.Deadline - now <= Backoff.DefaultFleetLimit);
                machine.On(ConnectionEvent.Tick, machine.Deadline);
            }
        }

        [TestMethod]
        public void Acknowledgement_counts_for_its_own_connection_only()
        {
            ConnectionMachine machine = Started(1);
            Reach(machine, 3, Minute);
            machine.Prove();
            machine.On(ConnectionEvent.LinkDown, Minute + 1);
            machine.On(ConnectionEvent.Tick, machine.Deadline);
            long again = machine.Deadline;
            Reach(machine, 3, again);
            Assert.IsFalse(machine.IsGood(again + 1));
        }

        [TestMethod]
        [DataRow(9, 0)]
        [DataRow(10, 1)]
        [DataRow(19, 1)]
        [DataRow(20, 2)]
        public void Radio_is_restarted_after_each_ten_failed_joins(int failures, int restarts)
        {
            ConnectionMachine machine = Started(1);
            int count = 0;
            for (int i = 0; i < failures; i++)
            {
                count += FailToJoin(machine, ConnectionEvent.JoinFailed) == ConnectionAction.RestartRadio ? 1 : 0;
            }

            Assert.AreEqual(restarts, count);
        }

        [TestMethod]
        public void Failed_joins_count_only_in_a_row()
        {
            ConnectionMachine machine = Started(1);
            for (int i = 0; i < 9; i++)
            {
                FailToJoin(machine, ConnectionEvent.JoinFailed);
            }

            Reach(machine, 1, 0);
            machine.On(ConnectionEvent.LinkDown, 0);
            machine.On(ConnectionEvent.Tick, machine.Deadline);
            Assert.AreEqual((int)ConnectionAction.Drop, (int)FailToJoin(machine, ConnectionEvent.JoinFailed));
        }

        [TestMethod]
        public void Joins_that_take_too_long_count_as_failed()
        {
            ConnectionMachine machine = Started(1);
            ConnectionAction last = ConnectionAction.None;
            for (int i = 0; i < 10; i++)
            {
                last = FailToJoin(machine, ConnectionEvent.Tick);
            }

            Assert.AreEqual((int)ConnectionAction.RestartRadio, (int)last);
        }

        [TestMethod]
        [DataRow(9, (int)ConnectionAction.Drop)]
        [DataRow(10, (int)ConnectionAction.LeaveNetwork)]
        [DataRow(11, (int)ConnectionAction.Drop)]
        public void Network_through_which_no_broker_is_reached_ten_times_is_left(int failures, int action)
        {
            ConnectionMachine machine = Started(1);
            ConnectionAction last = ConnectionAction.None;
            for (int i = 0; i < failures; i++)
            {
                Reach(machine, 1, 0);
                last = machine.On(ConnectionEvent.LinkDown, 0);
                machine.On(ConnectionEvent.Tick, machine.Deadline);
            }

            Assert.AreEqual(action, (int)last);
        }

        [TestMethod]
        public void Connection_is_tried_without_end()
        {
            ConnectionMachine machine = Started(1);
            for (int i = 0; i < 1000; i++)
            {
                FailToJoin(machine, ConnectionEvent.Tick);
            }

            Assert.AreEqual((int)ConnectionState.Joining, (int)machine.State);
        }

        [TestMethod]
        [DataRow(59999L, false)]
        [DataRow(60000L, true)]
        public void Connection_is_settled_after_a_minute(long online, bool isSettled)
        {
            ConnectionMachine machine = Started(1);
            Reach(machine, 3, Minute);
            Assert.AreEqual(isSettled, machine.IsSettled(Minute + online));
        }

        private static ConnectionMachine Started(int seed)
        {
            ConnectionMachine machine = new ConnectionMachine(new Jitter(seed));
            machine.On(ConnectionEvent.Start, 0);
            return machine;
        }

        /// <summary>Fails to join and moves to the next try; gives the actions for the failure.</summary>
        private static ConnectionAction FailToJoin(ConnectionMachine machine, ConnectionEvent failure)
        {
            ConnectionAction action = machine.On(failure, machine.Deadline);
            machine.On(ConnectionEvent.Tick, machine.Deadline);
            return action;
        }

        /// <summary>Goes some steps on from joining: connecting, subscribing, online.</summary>
        private static void Reach(ConnectionMachine machine, int steps, long now)
        {
            ConnectionEvent[] way = { ConnectionEvent.Joined, ConnectionEvent.LinkUp, ConnectionEvent.Subscribed };
            for (int i = 0; i < steps; i++)
            {
                machine.On(way[i], now);
            }
        }
    }
}
