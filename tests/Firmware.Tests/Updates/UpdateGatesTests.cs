using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class UpdateGatesTests
    {
        private const string Open = "open";
        private const int Unknown = -1;
        private const int AnySignal = -127;

        [TestMethod]
        public void Without_gates_nothing_is_shut()
        {
            Assert.AreEqual(Open, Shut(new UpdateGates { IsMember = true, Battery = Unknown, LeastSignal = AnySignal, Minute = Unknown }));
        }

        [TestMethod]
        [DataRow(true, false, Open)]
        [DataRow(false, false, "canary")]
        [DataRow(false, true, Open)]
        public void Canary_lets_members_and_forced_ones_through(bool isMember, bool isForced, string gate)
        {
            Assert.AreEqual(gate, Shut(new UpdateGates { IsMember = isMember, IsForced = isForced, Battery = Unknown, LeastSignal = AnySignal }));
        }

        [TestMethod]
        [DataRow(30, 30, false, Open)]
        [DataRow(29, 30, false, "battery")]
        [DataRow(29, 30, true, "battery")]
        [DataRow(0, 30, false, "battery")]
        [DataRow(0, 0, false, Open)]
        [DataRow(Unknown, 30, false, Open)]
        [DataRow(Unknown, 100, false, Open)]
        public void Battery_has_to_have_its_charge_even_when_forced(int percent, int least, bool isForced, string gate)
        {
            Assert.AreEqual(gate, Shut(new UpdateGates { IsMember = true, IsForced = isForced, Battery = percent, LeastBattery = least, LeastSignal = AnySignal }));
        }

        [TestMethod]
        [DataRow(-70, -70, false, Open)]
        [DataRow(-71, -70, false, "signal")]
        [DataRow(-71, -70, true, "signal")]
        [DataRow(-120, AnySignal, false, Open)]
        [DataRow(0, -70, false, Open)]
        [DataRow(0, 0, false, Open)]
        [DataRow(-1, 0, false, "signal")]
        public void Signal_has_to_be_strong_enough_when_it_is_known(int signal, int least, bool isForced, string gate)
        {
            Assert.AreEqual(gate, Shut(new UpdateGates { IsMember = true, IsForced = isForced, Battery = Unknown, Signal = signal, LeastSignal = least }));
        }

        [TestMethod]
        [DataRow(0, 0, 720, Open)]
        [DataRow(24, 24, 720, Open)]
        [DataRow(7, 7, Unknown, Open)]
        [DataRow(2, 4, 119, "hours")]
        [DataRow(2, 4, 120, Open)]
        [DataRow(2, 4, 239, Open)]
        [DataRow(2, 4, 240, "hours")]
        [DataRow(2, 4, Unknown, "hours")]
        [DataRow(22, 24, 1319, "hours")]
        [DataRow(22, 24, 1320, Open)]
        [DataRow(22, 24, 1439, Open)]
        [DataRow(22, 24, 0, "hours")]
        [DataRow(0, 24, 0, Open)]
        [DataRow(0, 24, 1439, Open)]
        [DataRow(0, 24, Unknown, "hours")]
        [DataRow(0, 1, 59, Open)]
        [DataRow(0, 1, 60, "hours")]
        public void Hours_are_those_from_the_first_to_before_the_last(int from, int to, int minute, string gate)
        {
            Assert.AreEqual(gate, InHours(from, to, minute, false));
        }

        [TestMethod]
        [DataRow(22, 2, 1319, "hours")]
        [DataRow(22, 2, 1320, Open)]
        [DataRow(22, 2, 1439, Open)]
        [DataRow(22, 2, 0, Open)]
        [DataRow(22, 2, 119, Open)]
        [DataRow(22, 2, 120, "hours")]
        [DataRow(22, 2, Unknown, "hours")]
        [DataRow(22, 0, 1320, Open)]
        [DataRow(22, 0, 0, "hours")]
        [DataRow(24, 2, 1439, "hours")]
        [DataRow(24, 2, 0, Open)]
        [DataRow(24, 0, 720, "hours")]
        public void Hours_may_lie_beyond_midnight(int from, int to, int minute, string gate)
        {
            Assert.AreEqual(gate, InHours(from, to, minute, false));
        }

        [TestMethod]
        [DataRow(720)]
        [DataRow(Unknown)]
        public void Forced_one_does_not_wait_for_its_hours(int minute)
        {
            Assert.AreEqual(Open, InHours(2, 4, minute, true));
        }

        [TestMethod]
        [DataRow(1L, false, "delay")]
        [DataRow(86400000L, false, "delay")]
        [DataRow(0L, false, Open)]
        [DataRow(-5000L, false, Open)]
        [DataRow(86400000L, true, Open)]
        public void Delay_has_to_be_over(long delay, bool isForced, string gate)
        {
            Assert.AreEqual(gate, Shut(new UpdateGates { IsMember = true, IsForced = isForced, Battery = Unknown, LeastSignal = AnySignal, Delay = delay }));
        }

        [TestMethod]
        public void Gate_that_stays_shut_for_longest_is_named_first()
        {
            UpdateGates all = new UpdateGates { Battery = 1, LeastBattery = 30, Signal = -90, LeastSignal = -70, Minute = 720, FromHour = 2, ToHour = 4, Delay = 1 };
            Assert.AreEqual("canary", Shut(all));
        }

        private static string InHours(int from, int to, int minute, bool isForced) => Shut(new UpdateGates
        {
            IsMember = true,
            IsForced = isForced,
            Battery = Unknown,
            LeastSignal = AnySignal,
            FromHour = from,
            ToHour = to,
            Minute = minute,
        });

        private static string Shut(UpdateGates gates)
        {
            switch (gates.Closed())
            {
                case UpdateGate.None:
                    return Open;
                case UpdateGate.Canary:
                    return "canary";
                case UpdateGate.Battery:
                    return "battery";
                case UpdateGate.Signal:
                    return "signal";
                case UpdateGate.Hours:
                    return "hours";
                default:
                    return "delay";
            }
        }
    }
}
