using Firmware.Outputs;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Outputs.Methods
{
    [TestClass]
    public class ActuatorsListMethodTests
    {
        [TestMethod]
        public void Device_without_actuators_has_an_empty_list()
        {
            Assert.AreEqual("{}", new ActuatorRig().List.Call());
        }

        [TestMethod]
        public void Actuators_are_listed_with_their_states()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("relay", 5), new ActuatorRule("valve", 6, true, true, 60));
            string expected = "{'relay':{'available':true,'on':false,'safe':false,'limit':0},'valve':{'available':true,'on':true,'safe':true,'limit':60}}";
            Assert.AreEqual(SingleQuoted.Text(expected), rig.List.Call());
        }

        [TestMethod]
        [DataRow(0, 600)]
        [DataRow(1, 600)]
        [DataRow(599001, 1)]
        [DataRow(599999, 1)]
        public void Remaining_time_is_rounded_up(int after, int seconds)
        {
            ActuatorRig rig = ActuatorRig.Relay(600);
            rig.Drive(rig.First, true, 0);
            rig.Advance(after);
            Assert.AreEqual(SingleQuoted.Text("{'relay':{'available':true,'on':true,'safe':false,'limit':600,'seconds':" + seconds + "}}"), rig.List.Call());
        }

        [TestMethod]
        public void Actuator_with_a_fault_is_listed_with_the_fault_instead_of_its_state()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("relay", 34));
            Assert.AreEqual(SingleQuoted.Text("{'relay':{'available':false,'fault':'the board does not offer GPIO 34','safe':false,'limit':0}}"), rig.List.Call());
        }

        [TestMethod]
        public void Eight_actuators_with_long_names_fit_into_a_response()
        {
            ActuatorRule[] rules = new ActuatorRule[8];
            for (int i = 0; i < rules.Length; i++)
            {
                rules[i] = new ActuatorRule("actuator-with-a-name-of-32-chars" + i, 34, true, false, 86400);
            }

            Assert.IsTrue(new ActuatorRig(rules).List.Call().Length < 1500);
        }
    }
}
