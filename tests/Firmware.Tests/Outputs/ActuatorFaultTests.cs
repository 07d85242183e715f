using Firmware.Outputs;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Outputs
{
    [TestClass]
    public class ActuatorFaultTests
    {
        [TestMethod]
        public void Pin_that_the_board_refuses_is_reported()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("relay", 34));
            Assert.AreEqual(SingleQuoted.Text("{'type':'actuator-fault','actuator':'relay','reason':'the board does not offer GPIO 34'}"), rig.TakeEvent());
        }

        [TestMethod]
        public void Pin_that_the_board_refuses_is_reported_once()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("relay", 34));
            rig.TakeEvent();
            rig.Drive(rig.First, true, 0);
            rig.Advance(3600000);
            Assert.IsNull(rig.TakeEvent());
        }

        [TestMethod]
        public void Pin_of_two_actuators_is_refused_to_the_second()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("a", 5), new ActuatorRule("b", 5));
            Assert.IsTrue(rig.Actuators.Find("a").IsAvailable && !rig.Actuators.Find("b").IsAvailable);
        }

        [TestMethod]
        public void Board_without_pins_has_no_actuators()
        {
            ManualClock clock = new ManualClock();
            Actuators actuators = new Actuators(new[] { new ActuatorRule("relay", 5) }, null, null, clock, new EventQueue(clock, new Firmware.Platform.Counters()), null);
            Assert.IsFalse(actuators.All[0].IsAvailable);
        }

        [TestMethod]
        public void Driver_that_throws_when_it_opens_counts_as_a_refused_pin()
        {
            ActuatorRig rig = new ActuatorRig(new FakePins { Throws = true }, new[] { new ActuatorRule("relay", 5) });
            Assert.IsFalse(rig.First.IsAvailable);
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Driver_that_fails_is_reported(bool throws)
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            Break(rig, throws);
            Assert.IsFalse(rig.Drive(rig.First, true, 0));
            Assert.AreEqual(SingleQuoted.Text("{'type':'actuator-fault','actuator':'relay','reason':'the driver of the pin failed'}"), rig.TakeEvent());
        }

        [TestMethod]
        public void Driver_that_keeps_failing_is_reported_once()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            Break(rig, true);
            rig.Drive(rig.First, true, 0);
            rig.TakeEvent();
            rig.Advance(60000);
            rig.Drive(rig.First, true, 0);
            Assert.IsNull(rig.TakeEvent());
        }

        [TestMethod]
        public void Driver_that_works_again_is_reported()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Pins.At(5).Failures = 3;
            rig.Drive(rig.First, true, 0);
            rig.TakeEvent();
            rig.Advance(60000);
            Assert.AreEqual(SingleQuoted.Text("{'type':'actuator-recovered','actuator':'relay'}"), rig.TakeEvent());
        }

        [TestMethod]
        public void State_after_a_failure_is_the_safe_one()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Drive(rig.First, true, 0);
            rig.Pins.At(5).Failures = 3;
            rig.Drive(rig.First, true, 60);
            rig.Advance(3000);
            Assert.AreEqual("LHL", rig.Pins.At(5).History);
        }

        [TestMethod]
        public void Return_to_the_safe_state_is_tried_until_it_works()
        {
            ActuatorRig rig = ActuatorRig.Relay(10);
            rig.Drive(rig.First, true, 0);
            rig.Pins.At(5).Failures = 100;
            rig.Advance(10000 + 100000);
            Assert.IsFalse(rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        public void Change_after_a_failure_has_its_reason()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Drive(rig.First, true, 0);
            rig.Pins.At(5).Failures = 1;
            rig.Drive(rig.First, true, 0);
            rig.Advance(1000);
            rig.TakeEvent();
            rig.TakeEvent();
            rig.TakeEvent();
            Assert.AreEqual(SingleQuoted.Text("{'type':'actuator','actuator':'relay','on':false,'reason':'fault'}"), rig.TakeEvent());
        }

        [TestMethod]
        public void Broken_pin_does_not_delay_the_other_actuators()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("a", 5, false, false, 10), new ActuatorRule("b", 6, false, false, 10));
            rig.Drive(rig.Actuators.Find("a"), true, 0);
            rig.Drive(rig.Actuators.Find("b"), true, 0);
            Break(rig, true);
            rig.Advance(10000);
            Assert.IsFalse(rig.Pins.At(6).IsHigh);
        }

        private static void Break(ActuatorRig rig, bool throws)
        {
            rig.Pins.At(5).Throws = throws;
            rig.Pins.At(5).Failures = 1000;
        }
    }
}
