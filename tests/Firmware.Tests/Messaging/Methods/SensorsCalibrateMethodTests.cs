using Firmware.Json;
using Firmware.Messaging;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging.Methods
{
    [TestClass]
    public class SensorsCalibrateMethodTests
    {
        [TestMethod]
        [DataRow("{}", "{'channel':'temperature','reference':21.02}", "{'channel':'temperature','offset':-0.35,'gain':1,'value':21.02}")]
        [DataRow("{'temperature':{'offset':5}}", "{'channel':'temperature','reference':21.02}", "{'channel':'temperature','offset':-0.35,'gain':1,'value':21.02}")]
        [DataRow("{'temperature':{'gain':2}}", "{'channel':'temperature','reference':42}", "{'channel':'temperature','offset':-0.74,'gain':2,'value':42}")]
        [DataRow("{}", "{'channel':'pressure','reference':101300.5}", "{'channel':'pressure','offset':-24.5,'gain':1,'value':101300.5}")]
        [DataRow("{}", "{'channel':'temperature','offset':0.5}", "{'channel':'temperature','offset':0.5,'gain':1,'value':21.87}")]
        [DataRow("{'temperature':{'offset':1}}", "{'channel':'temperature','gain':1.1}", "{'channel':'temperature','offset':1,'gain':1.1,'value':24.51}")]
        [DataRow("{'temperature':{'gain':2}}", "{'channel':'temperature','offset':0}", "{'channel':'temperature','offset':0,'gain':2,'value':42.74}")]
        [DataRow("{'temperature':{'gain':2,'offset':3}}", "{'channel':'temperature','offset':0,'gain':1}", "{'channel':'temperature','offset':0,'gain':1,'value':21.37}")]
        [DataRow("{}", "{'channel':'temperature','offset':-0.000001}", "{'channel':'temperature','offset':-0.000001,'gain':1,'value':21.37}")]
        public void Good_request_says_the_calibration_and_what_it_shows(string before, string parameters, string expected)
        {
            Assert.AreEqual(SingleQuoted.Text(expected), new CalibrationRig(before).Method.Call(parameters));
        }

        [TestMethod]
        public void Calibration_is_saved()
        {
            CalibrationRig rig = new CalibrationRig("{}");
            rig.Method.Call("{'channel':'temperature','reference':20}");
            Assert.AreEqual(SingleQuoted.Text("temperature {'offset':-1.37,'gain':1}"), rig.Saved);
        }

        [TestMethod]
        [DataRow("{}", "channel")]
        [DataRow("{'reference':20}", "channel")]
        [DataRow("{'channel':'altitude','reference':20}", "channel")]
        [DataRow("{'channel':7,'reference':20}", "channel")]
        [DataRow("{'channel':null,'reference':20}", "channel")]
        [DataRow("{'channel':['temperature'],'reference':20}", "channel")]
        [DataRow("{'channel':'temperature'}", "reference")]
        [DataRow("{'channel':'temperature','reference':20,'offset':1}", "reference")]
        [DataRow("{'channel':'temperature','reference':20,'gain':1}", "reference")]
        [DataRow("{'channel':'temperature','reference':'20'}", "reference")]
        [DataRow("{'channel':'temperature','reference':null}", "reference")]
        [DataRow("{'channel':'temperature','reference':[20]}", "reference")]
        [DataRow("{'channel':'temperature','reference':85.01}", "reference")]
        [DataRow("{'channel':'temperature','reference':-40.01}", "reference")]
        [DataRow("{'channel':'temperature','reference':20.0000001}", "reference")]
        [DataRow("{'channel':'temperature','reference':9223372036854775807}", "reference")]
        [DataRow("{'channel':'temperature','reference':1e400}", "reference")]
        [DataRow("{'channel':'temperature','offset':1000000000.000001}", "offset")]
        [DataRow("{'channel':'temperature','offset':-1000000001}", "offset")]
        [DataRow("{'channel':'temperature','offset':'1'}", "offset")]
        [DataRow("{'channel':'temperature','offset':null}", "offset")]
        [DataRow("{'channel':'temperature','offset':0.0000001}", "offset")]
        [DataRow("{'channel':'temperature','gain':0}", "gain")]
        [DataRow("{'channel':'temperature','gain':0.099999}", "gain")]
        [DataRow("{'channel':'temperature','gain':10.000001}", "gain")]
        [DataRow("{'channel':'temperature','gain':-1}", "gain")]
        [DataRow("{'channel':'temperature','gain':true}", "gain")]
        [DataRow("{'channel':'temperature','offset':1,'gain':11}", "gain")]
        public void Bad_request_names_the_param_and_saves_nothing(string parameters, string param)
        {
            CalibrationRig rig = new CalibrationRig("{}");
            rig.Method.Call(parameters);
            Assert.AreEqual("-32602 " + param + " ", rig.Method.Code + " " + rig.Method.Error.Param + " " + rig.Saved);
        }

        [TestMethod]
        public void Reference_for_a_sensor_that_is_gone_is_not_available()
        {
            CalibrationRig rig = new CalibrationRig("{}");
            rig.Sensors.Lose76();
            rig.Method.Call("{'channel':'temperature','reference':20}");
            Assert.AreEqual("-32002 temperature ", rig.Method.Code + " " + rig.Method.Error.Param + " " + rig.Saved);
        }

        [TestMethod]
        public void Reference_for_a_value_that_is_refused_says_why()
        {
            CalibrationRig rig = new CalibrationRig("{}");
            rig.Sensors.Slot76.Sensor.Values[0] = 9999;
            rig.Method.Call("{'channel':'temperature','reference':20}");
            Assert.AreEqual("out of range", rig.Method.Error.Reason);
        }

        [TestMethod]
        public void Sensor_that_is_gone_can_be_given_an_offset()
        {
            CalibrationRig rig = new CalibrationRig("{}");
            rig.Sensors.Lose76();
            string expected = SingleQuoted.Text("{'channel':'temperature','offset':1,'gain':1}");
            Assert.AreEqual(expected, rig.Method.Call("{'channel':'temperature','offset':1}"));
        }

        [TestMethod]
        public void Refusal_of_the_settings_is_passed_on()
        {
            CalibrationRig rig = new CalibrationRig("{}") { Refusal = RpcError.Conflict(null, "on trial") };
            rig.Method.Call("{'channel':'temperature','offset':1}");
            Assert.AreEqual(RpcError.ConflictCode, rig.Method.Code);
        }

        [TestMethod]
        public void Any_reference_is_shown_exactly()
        {
            CalibrationRig rig = new CalibrationRig("{}");
            uint seed = 4711;
            for (int i = 0; i < 300; i++)
            {
                seed = (seed * 1664525) + 1013904223;
                rig.Sensors.Slot76.Sensor.Values[0] = (int)(seed % 12500) - 4000;
                string reference = FixedPoint.ToText((int)((seed >> 10) % 8000) - 3900, 2);
                if ((seed & 3) == 0)
                {
                    rig.Method.Call("{'channel':'temperature','gain':" + FixedPoint.ToText(900001 + (seed >> 14), 6) + "}");
                }

                string answer = rig.Method.Call("{'channel':'temperature','reference':" + reference + "}");
                if (rig.Method.Code == 0)
                {
                    Assert.Contains("\"value\":" + reference + "}", answer);
                }
                else
                {
                    Assert.AreEqual("reference", rig.Method.Error.Param);
                }
            }
        }
    }
}
