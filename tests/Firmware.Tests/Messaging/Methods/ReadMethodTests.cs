using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging.Methods
{
    [TestClass]
    public class ReadMethodTests
    {
        private const string Base = "[{'bn':'urn:dev:mac:020000fffe000001_',";
        private const string Temperature = "'n':'temperature','u':'Cel','v':21.37}";

        [TestMethod]
        public void All_channels_are_measured_without_params()
        {
            string expected = Base + Temperature + ",{'n':'humidity','u':'%RH','v':45.2},{'n':'pressure','u':'Pa','v':101325}]";
            Assert.AreEqual(SingleQuoted.Text(expected), Create(OneSensor()).Call());
        }

        [TestMethod]
        public void Named_channels_come_in_the_order_they_were_asked_for()
        {
            string expected = Base + "'n':'pressure','u':'Pa','v':101325},{" + Temperature + "]";
            Assert.AreEqual(SingleQuoted.Text(expected), Create(OneSensor()).Call("{'channels':['pressure','temperature']}"));
        }

        [TestMethod]
        public void Time_of_the_measurement_is_said()
        {
            SamplerRig rig = OneSensor();
            rig.Clock.Synchronize();
            Assert.Contains("\"bt\":1795366425,", Create(rig).Call());
        }

        [TestMethod]
        [DataRow("{'channels':['altitude']}")]
        [DataRow("{'channels':['temperature','altitude']}")]
        [DataRow("{'channels':['Temperature']}")]
        [DataRow("{'channels':[7]}")]
        [DataRow("{'channels':[null]}")]
        [DataRow("{'channels':[]}")]
        [DataRow("{'channels':['temperature','humidity','pressure','temperature']}")]
        [DataRow("{'channels':'temperature'}")]
        [DataRow("{'channels':{}}")]
        [DataRow("{'channels':null}")]
        public void Channels_that_are_not_known_are_invalid(string parameters)
        {
            MethodRig method = Create(OneSensor());
            method.Call(parameters);
            Assert.AreEqual(RpcError.InvalidParamsCode, method.Code);
        }

        [TestMethod]
        public void Channel_that_is_named_twice_is_invalid()
        {
            MethodRig method = Create(OneSensor());
            method.Call("{'channels':['temperature','temperature']}");
            Assert.AreEqual(RpcError.InvalidParamsCode, method.Code);
        }

        [TestMethod]
        public void Refusal_of_an_unknown_channel_lists_those_that_are_known()
        {
            MethodRig method = Create(OneSensor());
            method.Call("{'channels':['altitude']}");
            Assert.AreEqual("unknown channel; there are: temperature, humidity, pressure", method.Error.Reason);
        }

        [TestMethod]
        public void Unknown_channel_measures_nothing()
        {
            SamplerRig rig = OneSensor();
            Create(rig).Call("{'channels':['altitude']}");
            Assert.AreEqual(0, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        [DataRow("-1")]
        [DataRow("86401")]
        [DataRow("1.5")]
        [DataRow("'60'")]
        [DataRow("null")]
        [DataRow("[60]")]
        [DataRow("9223372036854775808")]
        public void Max_age_out_of_range_is_invalid(string maxAge)
        {
            MethodRig method = Create(OneSensor());
            method.Call("{'maxAge':" + maxAge + "}");
            Assert.AreEqual("maxAge", method.Error == null ? null : method.Error.Param);
        }

        [TestMethod]
        [DataRow(60000, 1)]
        [DataRow(60001, 2)]
        public void Reading_that_is_young_enough_is_not_measured_again(int age, int reads)
        {
            SamplerRig rig = OneSensor();
            rig.Sampler.Measure();
            rig.Clock.Advance(age);
            Create(rig).Call("{'maxAge':60}");
            Assert.AreEqual(reads, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        [DataRow("{}")]
        [DataRow("{'maxAge':0}")]
        public void Every_request_measures_by_default(string parameters)
        {
            SamplerRig rig = OneSensor();
            rig.Sampler.Measure();
            Create(rig).Call(parameters);
            Assert.AreEqual(2, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Max_age_measures_when_there_is_no_reading_yet()
        {
            SamplerRig rig = OneSensor();
            Create(rig).Call("{'maxAge':60}");
            Assert.AreEqual(1, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Max_age_measures_when_a_needed_reading_is_not_valid()
        {
            SamplerRig rig = OneSensor();
            rig.Slot76.Sensor.Values[0] = 9999;
            rig.Sampler.Measure();
            Create(rig).Call("{'maxAge':60,'channels':['temperature']}");
            Assert.AreEqual(2, rig.Slot76.Sensor.Reads);
        }

        [TestMethod]
        public void Reading_of_a_sensor_that_is_gone_is_not_available()
        {
            SamplerRig rig = OneSensor();
            rig.Sampler.Measure();
            rig.Slot76.Sensor.Answers = false;
            MethodRig method = Create(rig);
            method.Call("{'channels':['temperature']}");
            Assert.AreEqual(RpcError.NotAvailableCode, method.Code);
        }

        [TestMethod]
        public void Reading_of_a_sensor_that_is_gone_names_the_channel()
        {
            SamplerRig rig = OneSensor();
            rig.Lose76();
            MethodRig method = Create(rig);
            method.Call("{'channels':['humidity']}");
            Assert.AreEqual("humidity", method.Error.Param);
        }

        [TestMethod]
        public void Young_reading_of_a_sensor_that_is_gone_is_not_available()
        {
            SamplerRig rig = OneSensor();
            rig.Sampler.Measure();
            rig.Lose76();
            MethodRig method = Create(rig);
            method.Call("{'maxAge':86400}");
            Assert.AreEqual(RpcError.NotAvailableCode, method.Code);
        }

        [TestMethod]
        public void Refused_reading_says_why_it_is_not_available()
        {
            SamplerRig rig = OneSensor();
            rig.Slot76.Sensor.Values[0] = 9999;
            MethodRig method = Create(rig);
            method.Call("{'channels':['temperature']}");
            Assert.AreEqual("out of range", method.Error.Reason);
        }

        [TestMethod]
        public void Refused_reading_is_left_out_when_all_are_asked_for()
        {
            SamplerRig rig = OneSensor();
            rig.Slot76.Sensor.Values[0] = 9999;
            string expected = Base + "'n':'humidity','u':'%RH','v':45.2},{'n':'pressure','u':'Pa','v':101325}]";
            Assert.AreEqual(SingleQuoted.Text(expected), Create(rig).Call());
        }

        [TestMethod]
        public void One_sensor_is_read_though_the_other_is_gone()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            rig.Lose76();
            Assert.Contains("\"temperature-77\"", Create(rig).Call("{'channels':['temperature-77']}"));
        }

        [TestMethod]
        [DataRow("{}")]
        [DataRow("{'maxAge':60}")]
        public void Board_without_a_sensor_has_nothing_available(string parameters)
        {
            MethodRig method = Create(new SamplerRig(null, null));
            method.Call(parameters);
            Assert.AreEqual(RpcError.NotAvailableCode, method.Code);
        }

        private static SamplerRig OneSensor() => new SamplerRig(ScriptedSensor.Bme280(), null);

        private static MethodRig Create(SamplerRig rig) =>
            new MethodRig(new ReadMethod(rig.Sampler, new SenmlPack("urn:dev:mac:020000fffe000001_", rig.Clock), rig.Clock));
    }
}
