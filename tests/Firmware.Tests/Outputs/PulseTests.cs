using Firmware.Outputs;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Outputs
{
    [TestClass]
    public class PulseTests
    {
        [TestMethod]
        [DataRow("{'name':'door','ms':1}", 1)]
        [DataRow("{'name':'door','ms':750}", 750)]
        [DataRow("{'name':'door','ms':60000}", 60000)]
        [DataRow("{'name':'door','seconds':5}", 5000)]
        [DataRow("{'name':'door','on':true}", 500)]
        [DataRow("{'name':'door','on':true,'ms':20}", 20)]
        [DataRow("{'name':'door','on':true,'seconds':60}", 60000)]
        public void Pulse_lasts_as_long_as_requested(string parameters, int milliseconds)
        {
            ActuatorRig rig = Door();
            rig.Set.Call(parameters);
            Assert.AreEqual(0, rig.Set.Code);
            rig.Advance(milliseconds - 1);
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
            rig.Advance(1);
            Assert.AreEqual("LHL", rig.Pins.At(5).History);
        }

        [TestMethod]
        [DataRow("{'name':'door','ms':0}", "ms")]
        [DataRow("{'name':'door','ms':-1}", "ms")]
        [DataRow("{'name':'door','ms':60001}", "ms")]
        [DataRow("{'name':'door','ms':0.5}", "ms")]
        [DataRow("{'name':'door','ms':'500'}", "ms")]
        [DataRow("{'name':'door','ms':null}", "ms")]
        [DataRow("{'name':'door','ms':[500]}", "ms")]
        [DataRow("{'name':'door','ms':9223372036854775808}", "ms")]
        [DataRow("{'name':'door','ms':500,'on':false}", "ms")]
        [DataRow("{'name':'door','ms':500,'on':null}", "on")]
        [DataRow("{'name':'door','ms':500,'seconds':1}", "ms")]
        [DataRow("{'name':'door','on':true,'seconds':61}", "seconds")]
        [DataRow("{'name':'door','seconds':61}", "seconds")]
        [DataRow("{'name':'door','level':50}", "level")]
        [DataRow("{'name':'door'}", "on")]
        public void Bad_request_names_the_param_and_drives_nothing(string parameters, string param)
        {
            ActuatorRig rig = Door();
            rig.Set.Call(parameters);
            Assert.AreEqual("-32602 " + param, rig.Set.Code + " " + rig.Set.Error.Param);
            Assert.AreEqual("L", rig.Pins.At(5).History);
        }

        [TestMethod]
        public void Pulse_during_a_pulse_begins_again()
        {
            ActuatorRig rig = Door();
            rig.Set.Call("{'name':'door','ms':500}");
            rig.Advance(400);
            rig.Set.Call("{'name':'door','ms':500}");
            rig.Advance(499);
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        public void Pulse_can_be_ended()
        {
            ActuatorRig rig = Door();
            rig.Set.Call("{'name':'door','ms':500}");
            Assert.AreEqual(SingleQuoted.Text("{'on':false}"), rig.Set.Call("{'name':'door','on':false}"));
        }

        [TestMethod]
        public void Limit_shortens_a_pulse()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("door", 5, false, false, 1) { Kind = ActuatorRule.Pulse });
            rig.Set.Call("{'name':'door','ms':5000}");
            rig.Advance(1000);
            Assert.IsFalse(rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        [DataRow(0, 500)]
        [DataRow(200, 200)]
        [DataRow(1000000, 60000)]
        public void Module_that_switches_gives_no_more_than_a_pulse(int milliseconds, int expected)
        {
            ActuatorRig rig = Door();
            rig.Actuators.Drive(0, 100, milliseconds, "rule ring");
            rig.Advance(expected - 1);
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
            rig.Advance(1);
            Assert.IsFalse(rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        public void Switch_takes_milliseconds_too()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Set.Call("{'name':'relay','on':true,'ms':50}");
            rig.Advance(50);
            Assert.AreEqual("LHL", rig.Pins.At(5).History);
        }

        private static ActuatorRig Door() => new ActuatorRig(new ActuatorRule("door", 5) { Kind = ActuatorRule.Pulse });
    }
}
