using Firmware.Outputs;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Outputs
{
    [TestClass]
    public class InterlockTests
    {
        [TestMethod]
        [DataRow("up", "down")]
        [DataRow("down", "up")]
        public void Output_is_refused_while_the_other_one_is_on(string first, string second)
        {
            ActuatorRig rig = Blind();
            rig.Set.Call("{'name':'" + first + "','on':true}");
            rig.Set.Call("{'name':'" + second + "','on':true}");
            Assert.AreEqual("-32004 " + second + " interlock: " + first + " is on 0", Text(rig));
            Assert.IsFalse(rig.Actuators.Find(second).IsOn);
        }

        [TestMethod]
        public void Refusal_says_when_the_other_one_ends()
        {
            ActuatorRig rig = Blind();
            rig.Set.Call("{'name':'up','on':true,'seconds':30}");
            rig.Advance(9500);
            rig.Set.Call("{'name':'down','on':true}");
            Assert.AreEqual(21, rig.Set.Error.RetryAfter);
        }

        [TestMethod]
        public void Output_can_be_on_once_the_other_one_is_off()
        {
            ActuatorRig rig = Blind();
            rig.Set.Call("{'name':'up','on':true}");
            rig.Set.Call("{'name':'up','on':false}");
            Assert.AreEqual(SingleQuoted.Text("{'on':true}"), rig.Set.Call("{'name':'down','on':true}"));
        }

        [TestMethod]
        public void Output_is_refused_while_the_state_of_the_other_one_is_not_known()
        {
            ActuatorRig rig = Blind();
            rig.Set.Call("{'name':'up','on':true}");
            rig.Pins.At(5).Failures = 1;
            rig.Set.Call("{'name':'up','on':false}");
            rig.Set.Call("{'name':'down','on':true}");
            Assert.AreEqual("-32004 down interlock: up may be on, its driver failed 1", Text(rig));
            rig.Advance(1000);
            Assert.AreEqual(SingleQuoted.Text("{'on':true}"), rig.Set.Call("{'name':'down','on':true}"));
        }

        [TestMethod]
        public void Output_whose_own_state_is_not_known_is_refused_too()
        {
            ActuatorRig rig = Blind();
            rig.Set.Call("{'name':'up','on':true}");
            rig.Pins.At(6).Failures = 1;
            rig.Set.Call("{'name':'down','on':false}");
            rig.Set.Call("{'name':'down','on':true}");
            Assert.AreEqual("-32004 down interlock: up is on 0", Text(rig));
        }

        [TestMethod]
        public void Output_without_a_pin_locks_nothing()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("up", 34), new ActuatorRule("down", 6) { Interlock = "up" });
            Assert.AreEqual(SingleQuoted.Text("{'on':true}"), rig.Set.Call("{'name':'down','on':true}"));
        }

        [TestMethod]
        public void Level_and_pulse_are_locked_too()
        {
            ActuatorRig rig = new ActuatorRig(
                new ActuatorRule("heat", 5) { Kind = ActuatorRule.Level, Interlock = "cool" },
                new ActuatorRule("cool", 6) { Kind = ActuatorRule.Pulse });
            rig.Set.Call("{'name':'heat','level':1}");
            rig.Set.Call("{'name':'cool','ms':5}");
            Assert.AreEqual("-32004 cool interlock: heat is on 0", Text(rig));
        }

        [TestMethod]
        public void Module_that_switches_gets_the_reason()
        {
            ActuatorRig rig = Blind();
            rig.Actuators.Drive(0, 100, 0, "rule a");
            Assert.AreEqual("interlock: up is on", rig.Actuators.Drive(1, 100, 0, "rule b"));
        }

        [TestMethod]
        public void Output_that_is_driven_to_what_it_has_is_not_written()
        {
            ActuatorRig rig = Blind();
            rig.Actuators.Drive(0, 100, 0, "rule a");
            rig.Actuators.Drive(0, 100, 0, "rule a");
            Assert.AreEqual("LH", rig.Pins.At(5).History);
        }

        [TestMethod]
        public void Output_that_is_driven_to_what_it_has_stays()
        {
            ActuatorRig rig = Blind();
            rig.Actuators.Drive(0, 100, 1000, "rule a");
            rig.Actuators.Drive(0, 100, 0, "rule a");
            rig.Advance(5000);
            Assert.IsTrue(rig.First.IsOn);
        }

        private static ActuatorRig Blind() => new ActuatorRig(new ActuatorRule("up", 5) { Interlock = "down" }, new ActuatorRule("down", 6));

        private static string Text(ActuatorRig rig) =>
            rig.Set.Code + " " + rig.Set.Error.Param + " " + rig.Set.Error.Reason + " " + rig.Set.Error.RetryAfter;
    }
}
