using Firmware.Messaging.Methods;
using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging.Methods
{
    /// <summary>The answer to <c>read</c> as plain JSON.</summary>
    [TestClass]
    public class ReadMethodFormatTests
    {
        [TestMethod]
        public void Json_response_is_one_flat_object()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Clock.Synchronize();
            string expected = "{'temperature':21.37,'humidity':45.2,'pressure':101325,'time':1795366425}";
            Assert.AreEqual(SingleQuoted.Text(expected), new MethodRig(Plain(rig)).Call());
        }

        [TestMethod]
        public void Json_response_has_the_requested_channels_only()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Clock.Synchronize();
            string expected = SingleQuoted.Text("{'humidity':45.2,'time':1795366425}");
            Assert.AreEqual(expected, new MethodRig(Plain(rig)).Call("{'channels':['humidity']}"));
        }

        [TestMethod]
        public void Json_response_has_an_age_while_the_clock_is_not_set()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Sampler.Measure();
            rig.Clock.Advance(7000);
            string expected = SingleQuoted.Text("{'humidity':45.2,'age':7}");
            Assert.AreEqual(expected, new MethodRig(Plain(rig)).Call("{'channels':['humidity'],'maxAge':60}"));
        }

        [TestMethod]
        public void Json_response_leaves_out_a_refused_reading()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Slot76.Sensor.Values[0] = 9999;
            Assert.AreEqual(SingleQuoted.Text("{'humidity':45.2,'pressure':101325,'age':0}"), new MethodRig(Plain(rig)).Call());
        }

        [TestMethod]
        public void Response_is_senml_again_after_the_change_back()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            ReadMethod method = Plain(rig);
            method.Use(TelemetryFormat.Senml);
            Assert.Contains("[{\"bn\":", new MethodRig(method).Call());
        }

        private static ReadMethod Plain(SamplerRig rig)
        {
            ReadMethod method = new ReadMethod(rig.Sampler, new SenmlPack("urn:", rig.Clock), rig.Clock);
            method.Use(TelemetryFormat.Json);
            return method;
        }
    }
}
