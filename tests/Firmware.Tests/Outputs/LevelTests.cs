using Firmware.Outputs;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Outputs
{
    [TestClass]
    public class LevelTests
    {
        [TestMethod]
        [DataRow(false, false, "0")]
        [DataRow(true, false, "100")]
        [DataRow(false, true, "100")]
        [DataRow(true, true, "0")]
        public void Pin_is_driven_to_the_safe_level_from_the_first_moment_on(bool isInverted, bool safe, string levels)
        {
            Assert.AreEqual(levels, Fan(isInverted, safe, 0).Levels.At(5).History);
        }

        [TestMethod]
        public void Pin_has_the_frequency_of_the_rule()
        {
            Assert.AreEqual(1000, Fan(0).Levels.At(5).Frequency);
        }

        [TestMethod]
        [DataRow("{'name':'fan','level':40}", "{'on':true,'level':40}", "0 40")]
        [DataRow("{'name':'fan','level':0}", "{'on':false,'level':0}", "0 0")]
        [DataRow("{'name':'fan','level':100}", "{'on':true,'level':100}", "0 100")]
        [DataRow("{'name':'fan','on':true}", "{'on':true,'level':100}", "0 100")]
        [DataRow("{'name':'fan','on':false}", "{'on':false,'level':0}", "0 0")]
        [DataRow("{'name':'fan','level':1,'seconds':60}", "{'on':true,'level':1,'seconds':60}", "0 1")]
        [DataRow("{'name':'fan','level':1e1,'ms':1500}", "{'on':true,'level':10,'seconds':2}", "0 10")]
        public void Request_sets_the_level(string parameters, string expected, string levels)
        {
            ActuatorRig rig = Fan(0);
            Assert.AreEqual(SingleQuoted.Text(expected), rig.Set.Call(parameters));
            Assert.AreEqual(levels, rig.Levels.At(5).History);
        }

        [TestMethod]
        public void On_is_the_last_level_above_0()
        {
            ActuatorRig rig = Fan(0);
            rig.Set.Call("{'name':'fan','level':40}");
            rig.Set.Call("{'name':'fan','level':0}");
            Assert.AreEqual(SingleQuoted.Text("{'on':true,'level':40}"), rig.Set.Call("{'name':'fan','on':true}"));
        }

        [TestMethod]
        public void Inverted_output_is_driven_the_other_way()
        {
            ActuatorRig rig = Fan(true, false, 0);
            rig.Set.Call("{'name':'fan','level':30}");
            Assert.AreEqual("100 70", rig.Levels.At(5).History);
        }

        [TestMethod]
        [DataRow("{'name':'fan','level':-1}", "level")]
        [DataRow("{'name':'fan','level':101}", "level")]
        [DataRow("{'name':'fan','level':0.5}", "level")]
        [DataRow("{'name':'fan','level':'40'}", "level")]
        [DataRow("{'name':'fan','level':null}", "level")]
        [DataRow("{'name':'fan','level':true}", "level")]
        [DataRow("{'name':'fan','level':[40]}", "level")]
        [DataRow("{'name':'fan','level':4294967336}", "level")]
        [DataRow("{'name':'fan','level':9223372036854775808}", "level")]
        [DataRow("{'name':'fan','level':1e400}", "level")]
        [DataRow("{'name':'fan','level':40,'on':true}", "level")]
        [DataRow("{'name':'fan'}", "on")]
        [DataRow("{'name':'fan','ms':500}", "on")]
        [DataRow("{'name':'fan','level':0,'seconds':60}", "seconds")]
        [DataRow("{'name':'fan','level':0,'ms':60}", "ms")]
        [DataRow("{'name':'fan','level':40,'seconds':1,'ms':60}", "ms")]
        public void Bad_request_names_the_param_and_drives_nothing(string parameters, string param)
        {
            ActuatorRig rig = Fan(0);
            rig.Set.Call(parameters);
            Assert.AreEqual("-32602 " + param, rig.Set.Code + " " + rig.Set.Error.Param);
            Assert.AreEqual("0", rig.Levels.At(5).History);
        }

        [TestMethod]
        public void Switch_takes_no_level()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Set.Call("{'name':'relay','level':40}");
            Assert.AreEqual("-32602 level this actuator is only on or off", rig.Set.Code + " " + rig.Set.Error.Param + " " + rig.Set.Error.Reason);
        }

        [TestMethod]
        public void Change_between_two_levels_is_an_event()
        {
            ActuatorRig rig = Fan(0);
            rig.Set.Call("{'name':'fan','level':40}");
            rig.TakeEvent();
            rig.Set.Call("{'name':'fan','level':41}");
            Assert.AreEqual(SingleQuoted.Text("{'type':'actuator','actuator':'fan','on':true,'level':41,'reason':'request'}"), rig.TakeEvent());
            Assert.AreEqual("actuator fan: 41 %: request", rig.Log.Last);
        }

        [TestMethod]
        public void Limit_counts_from_when_it_left_the_safe_level()
        {
            ActuatorRig rig = Fan(60);
            rig.Set.Call("{'name':'fan','level':40}");
            rig.Advance(59000);
            rig.Set.Call("{'name':'fan','level':80}");
            rig.Advance(1000);
            Assert.AreEqual("0 40 80 0", rig.Levels.At(5).History);
        }

        [TestMethod]
        public void Level_below_a_safe_state_that_is_on_has_a_limit()
        {
            ActuatorRig rig = Fan(false, true, 60);
            rig.Set.Call("{'name':'fan','level':40}");
            rig.Advance(60000);
            Assert.AreEqual("100 40 100", rig.Levels.At(5).History);
        }

        [TestMethod]
        public void Output_is_listed_with_kind_and_level()
        {
            ActuatorRig rig = Fan(0);
            rig.Set.Call("{'name':'fan','level':40}");
            Assert.AreEqual(SingleQuoted.Text("{'fan':{'available':true,'on':true,'level':40,'kind':'level','safe':false,'limit':0}}"), rig.List.Call());
        }

        [TestMethod]
        public void Reason_of_the_board_is_the_fault()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("fan", 34) { Kind = ActuatorRule.Level });
            rig.Set.Call("{'name':'fan','level':40}");
            Assert.AreEqual("-32002 no PWM at GPIO 34", rig.Set.Code + " " + rig.Set.Error.Reason);
        }

        [TestMethod]
        public void Board_without_pwm_says_so()
        {
            ActuatorRig rig = new ActuatorRig(new FakePins(), null, new[] { new ActuatorRule("fan", 5) { Kind = ActuatorRule.Level } });
            Assert.AreEqual("the board has no PWM", rig.First.Fault);
        }

        [TestMethod]
        public void Level_after_a_failure_is_the_safe_one()
        {
            ActuatorRig rig = Fan(0);
            rig.Set.Call("{'name':'fan','level':40}");
            rig.Levels.At(5).Failures = 3;
            rig.Set.Call("{'name':'fan','level':50}");
            Assert.AreEqual(-32002, rig.Set.Code);
            rig.Advance(3000);
            Assert.AreEqual("0 40 0", rig.Levels.At(5).History);
        }

        [TestMethod]
        [DataRow(-5, 0)]
        [DataRow(30, 30)]
        [DataRow(500, 100)]
        public void Module_that_switches_gives_a_level(int level, int expected)
        {
            ActuatorRig rig = Fan(0);
            Assert.IsNull(rig.Actuators.Drive(0, level, 0, "rule cool"));
            Assert.AreEqual(expected, rig.Actuators.LevelOf(0));
        }

        private static ActuatorRig Fan(int limit) => Fan(false, false, limit);

        private static ActuatorRig Fan(bool isInverted, bool safe, int limit) =>
            new ActuatorRig(new ActuatorRule("fan", 5, isInverted, safe, limit) { Kind = ActuatorRule.Level });
    }
}
