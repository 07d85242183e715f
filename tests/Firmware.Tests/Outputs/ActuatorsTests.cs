using Firmware.Outputs;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Outputs
{
    [TestClass]
    public class ActuatorsTests
    {
        [TestMethod]
        [DataRow(false, false, "L")]
        [DataRow(true, false, "H")]
        [DataRow(false, true, "H")]
        [DataRow(true, true, "L")]
        public void Pin_is_driven_to_the_safe_state_from_the_first_moment_on(bool isInverted, bool safe, string levels)
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("relay", 5, isInverted, safe, 0));
            Assert.AreEqual(levels, rig.Pins.At(5).History);
        }

        [TestMethod]
        public void Start_in_the_safe_state_publishes_no_event()
        {
            Assert.IsNull(ActuatorRig.Relay(0).TakeEvent());
        }

        [TestMethod]
        public void Change_of_an_actuator_is_an_event()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Drive(rig.First, true, 0);
            Assert.AreEqual(SingleQuoted.Text("{'type':'actuator','actuator':'relay','on':true,'reason':'request'}"), rig.TakeEvent());
        }

        [TestMethod]
        public void Setting_the_same_state_again_is_no_event()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Drive(rig.First, false, 0);
            Assert.IsNull(rig.TakeEvent());
        }

        [TestMethod]
        public void Change_of_an_actuator_is_logged()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Drive(rig.First, true, 0);
            Assert.AreEqual("actuator relay: on: request", rig.Log.Last);
        }

        [TestMethod]
        public void Change_is_not_logged_when_the_log_keeps_nothing()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Log.Level = LogLevel.Off;
            rig.Drive(rig.First, true, 0);
            Assert.IsNull(rig.Log.Last);
        }

        [TestMethod]
        public void Changes_of_actuators_are_counted()
        {
            ActuatorRig rig = ActuatorRig.Relay(60);
            rig.Drive(rig.First, true, 0);
            rig.Advance(60000);
            Assert.AreEqual(2, rig.Actuators.Changes);
        }

        [TestMethod]
        public void Actuator_has_no_due_time_in_the_safe_state()
        {
            Assert.AreEqual(long.MaxValue, ActuatorRig.Relay(60).Actuators.DueAt);
        }

        [TestMethod]
        public void Actuator_without_a_limit_keeps_its_state()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Drive(rig.First, true, 0);
            rig.Advance(1000000000L);
            Assert.IsTrue(rig.First.IsOn);
        }

        [TestMethod]
        [DataRow(60, 0, 59999, true)]
        [DataRow(60, 0, 60000, false)]
        [DataRow(0, 30, 29999, true)]
        [DataRow(0, 30, 30000, false)]
        [DataRow(60, 30, 30000, false)]
        [DataRow(30, 60, 29999, true)]
        [DataRow(30, 60, 30000, false)]
        [DataRow(86400, 86400, 86399999, true)]
        [DataRow(86400, 86400, 86400000, false)]
        public void Shorter_of_limit_and_requested_time_ends_a_state(int limit, int seconds, int after, bool isOn)
        {
            ActuatorRig rig = ActuatorRig.Relay(limit);
            rig.Drive(rig.First, true, seconds);
            rig.Advance(after);
            Assert.AreEqual(isOn, rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        public void End_of_a_state_is_an_event()
        {
            ActuatorRig rig = ActuatorRig.Relay(60);
            rig.Drive(rig.First, true, 0);
            rig.TakeEvent();
            rig.Advance(60000);
            Assert.AreEqual(SingleQuoted.Text("{'type':'actuator','actuator':'relay','on':false,'reason':'limit'}"), rig.TakeEvent());
        }

        [TestMethod]
        public void Limit_counts_for_off_when_on_is_safe()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("valve", 5, false, true, 60));
            rig.Drive(rig.First, false, 0);
            rig.Advance(60000);
            Assert.AreEqual("HLH", rig.Pins.At(5).History);
        }

        [TestMethod]
        public void Repeated_request_does_not_extend_the_limit()
        {
            ActuatorRig rig = ActuatorRig.Relay(60);
            rig.Drive(rig.First, true, 0);
            rig.Advance(59000);
            rig.Drive(rig.First, true, 3600);
            rig.Advance(1000);
            Assert.IsFalse(rig.First.IsOn);
        }

        [TestMethod]
        public void Repeated_request_extends_the_requested_time()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Drive(rig.First, true, 60);
            rig.Advance(59000);
            rig.Drive(rig.First, true, 60);
            rig.Advance(59000);
            Assert.IsTrue(rig.First.IsOn);
        }

        [TestMethod]
        public void Limit_starts_again_after_the_safe_state()
        {
            ActuatorRig rig = ActuatorRig.Relay(60);
            rig.Drive(rig.First, true, 0);
            rig.Advance(59000);
            rig.Drive(rig.First, false, 0);
            rig.Drive(rig.First, true, 0);
            rig.Advance(59000);
            Assert.IsTrue(rig.First.IsOn);
        }

        [TestMethod]
        public void Overdue_state_ends_at_the_next_tick()
        {
            ActuatorRig rig = ActuatorRig.Relay(60);
            rig.Drive(rig.First, true, 0);
            rig.Clock.Advance(3600000);
            rig.Actuators.Tick(rig.Clock.Uptime);
            Assert.IsFalse(rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        public void Switching_one_actuator_leaves_the_others_unchanged()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("a", 5, false, false, 10), new ActuatorRule("b", 6, false, false, 20));
            rig.Drive(rig.Actuators.Find("a"), true, 0);
            rig.Drive(rig.Actuators.Find("b"), true, 0);
            rig.Advance(10000);
            Assert.AreEqual("LHL LH", rig.Pins.At(5).History + " " + rig.Pins.At(6).History);
        }

        [TestMethod]
        public void All_actuators_go_to_the_safe_state_at_a_shutdown()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("a", 5, false, false, 10), new ActuatorRule("b", 6), new ActuatorRule("c", 99));
            rig.Drive(rig.Actuators.Find("a"), true, 0);
            rig.Actuators.MakeSafe("stop");
            Assert.AreEqual("LHL L", rig.Pins.At(5).History + " " + rig.Pins.At(6).History);
        }

        [TestMethod]
        public void Random_requests_never_exceed_the_limit_of_an_actuator()
        {
            const int Limit = 30000;
            ActuatorRig rig = ActuatorRig.Relay(Limit / 1000);
            uint seed = 20261122;
            long onSince = -1;
            for (int i = 0; i < 3000; i++)
            {
                seed = (seed * 1664525) + 1013904223;
                bool on = (seed & 0x30000) != 0;
                rig.Pins.At(5).Failures = (seed & 0x700000) == 0 ? 2 : 0;
                rig.Drive(rig.First, on, on ? (int)(seed >> 24) : 0);
                for (int step = (int)((seed >> 8) & 31); step >= 0; step--)
                {
                    rig.Advance(500);
                    onSince = !rig.Pins.At(5).IsHigh ? -1 : onSince < 0 ? rig.Clock.Uptime : onSince;

                    // Two refused writes put it off by as many seconds.
                    Assert.IsTrue(onSince < 0 || rig.Clock.Uptime - onSince <= Limit + 3000);
                }
            }
        }
    }
}
