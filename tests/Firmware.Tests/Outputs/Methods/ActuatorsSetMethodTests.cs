using Firmware.Outputs;
using Firmware.Messaging;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Outputs.Methods
{
    [TestClass]
    public class ActuatorsSetMethodTests
    {
        [TestMethod]
        [DataRow(0, "{'name':'relay','on':true}", "{'on':true}")]
        [DataRow(0, "{'name':'relay','on':false}", "{'on':false}")]
        [DataRow(600, "{'name':'relay','on':true}", "{'on':true,'seconds':600}")]
        [DataRow(600, "{'name':'relay','on':true,'seconds':60}", "{'on':true,'seconds':60}")]
        [DataRow(600, "{'name':'relay','on':true,'seconds':86400}", "{'on':true,'seconds':600}")]
        [DataRow(0, "{'name':'relay','on':true,'seconds':1}", "{'on':true,'seconds':1}")]
        [DataRow(0, "{'name':'relay','on':true,'seconds':1e3}", "{'on':true,'seconds':1000}")]
        [DataRow(600, "{'name':'relay','on':false}", "{'on':false}")]
        [DataRow(0, "{'name':'\\u0072elay','on':true}", "{'on':true}")]
        public void Good_request_says_the_state_and_its_end(int limit, string parameters, string expected)
        {
            Assert.AreEqual(SingleQuoted.Text(expected), ActuatorRig.Relay(limit).Set.Call(parameters));
        }

        [TestMethod]
        public void Request_drives_the_pin()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Set.Call("{'name':'relay','on':true}");
            Assert.IsTrue(rig.Pins.At(5).IsHigh);
        }

        [TestMethod]
        [DataRow("{}", "name")]
        [DataRow("{'on':true}", "name")]
        [DataRow("{'name':'relay'}", "on")]
        [DataRow("{'name':'','on':true}", "name")]
        [DataRow("{'name':'Relay','on':true}", "name")]
        [DataRow("{'name':'relay ','on':true}", "name")]
        [DataRow("{'name':'relay\\u0000','on':true}", "name")]
        [DataRow("{'name':'pump','on':true}", "name")]
        [DataRow("{'name':null,'on':true}", "name")]
        [DataRow("{'name':5,'on':true}", "name")]
        [DataRow("{'name':['relay'],'on':true}", "name")]
        [DataRow("{'name':{'relay':true},'on':true}", "name")]
        [DataRow("{'name':'relay','on':1}", "on")]
        [DataRow("{'name':'relay','on':'true'}", "on")]
        [DataRow("{'name':'relay','on':null}", "on")]
        [DataRow("{'name':'relay','on':[true]}", "on")]
        [DataRow("{'name':'relay','on':true,'seconds':0}", "seconds")]
        [DataRow("{'name':'relay','on':true,'seconds':-1}", "seconds")]
        [DataRow("{'name':'relay','on':true,'seconds':86401}", "seconds")]
        [DataRow("{'name':'relay','on':true,'seconds':1.5}", "seconds")]
        [DataRow("{'name':'relay','on':true,'seconds':'60'}", "seconds")]
        [DataRow("{'name':'relay','on':true,'seconds':null}", "seconds")]
        [DataRow("{'name':'relay','on':true,'seconds':[60]}", "seconds")]
        [DataRow("{'name':'relay','on':true,'seconds':9223372036854775808}", "seconds")]
        [DataRow("{'name':'relay','on':true,'seconds':1e400}", "seconds")]
        [DataRow("{'name':'relay','on':false,'seconds':60}", "seconds")]
        public void Bad_request_names_the_param(string parameters, string param)
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Set.Call(parameters);
            Assert.AreEqual("-32602 " + param, rig.Set.Code + " " + rig.Set.Error.Param);
        }

        [TestMethod]
        [DataRow("{'name':'relay','on':true,'seconds':0}")]
        [DataRow("{'name':'relay','on':'true'}")]
        [DataRow("{'name':'pump','on':true}")]
        public void Bad_request_switches_no_pin(string parameters)
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Set.Call(parameters);
            Assert.AreEqual("L", rig.Pins.At(5).History);
        }

        [TestMethod]
        public void Unknown_name_is_answered_with_those_that_are_known()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("relay", 5), new ActuatorRule("lamp", 6));
            rig.Set.Call("{'name':'pump','on':true}");
            Assert.AreEqual("unknown actuator; there are: relay, lamp", rig.Set.Error.Reason);
        }

        [TestMethod]
        public void Device_without_actuators_says_where_they_come_from()
        {
            ActuatorRig rig = new ActuatorRig();
            rig.Set.Call("{'name':'relay','on':true}");
            Assert.AreEqual("unknown actuator; there are: none, the setting 'actuators' names them", rig.Set.Error.Reason);
        }

        [TestMethod]
        public void Refused_pin_is_not_available()
        {
            ActuatorRig rig = new ActuatorRig(new ActuatorRule("relay", 34));
            rig.Set.Call("{'name':'relay','on':true}");
            Assert.AreEqual("-32002 relay the board does not offer GPIO 34", rig.Set.Code + " " + rig.Set.Error.Param + " " + rig.Set.Error.Reason);
        }

        [TestMethod]
        public void Driver_that_fails_is_not_available()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Pins.At(5).Throws = true;
            rig.Set.Call("{'name':'relay','on':true}");
            Assert.AreEqual(RpcError.NotAvailableCode, rig.Set.Code);
        }

        [TestMethod]
        public void Driver_that_failed_once_can_be_asked_again()
        {
            ActuatorRig rig = ActuatorRig.Relay(0);
            rig.Pins.At(5).Failures = 1;
            rig.Set.Call("{'name':'relay','on':true}");
            Assert.AreEqual("{\"on\":true}", rig.Set.Call("{'name':'relay','on':true}"));
        }

        [TestMethod]
        public void Repeated_request_says_what_is_left_of_the_limit()
        {
            ActuatorRig rig = ActuatorRig.Relay(600);
            rig.Set.Call("{'name':'relay','on':true}");
            rig.Advance(100500);
            Assert.AreEqual("{\"on\":true,\"seconds\":500}", rig.Set.Call("{'name':'relay','on':true}"));
        }
    }
}
