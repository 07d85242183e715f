using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging.Methods
{
    [TestClass]
    public class SensorsListMethodTests
    {
        [TestMethod]
        public void Board_without_a_sensor_has_an_empty_list()
        {
            Assert.AreEqual("{\"sensors\":[]}", Create(new SamplerRig(null, null)).Call());
        }

        [TestMethod]
        public void Sensor_is_listed_with_its_channels()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bmp280(), null, "{'temperature':{'offset':-0.5,'gain':1.01}}");
            rig.Sampler.Measure();
            rig.Clock.Advance(12999);
            string expected = "{'sensors':[{'name':'bmp280@76','model':'bmp280','present':true,'channels':["
                + "{'name':'temperature','unit':'Cel','decimals':2,'value':19.2,'age':12,'alarm':'normal','gain':1.01,'offset':-0.5},"
                + "{'name':'pressure','unit':'Pa','decimals':1,'value':101300.5,'age':12,'alarm':'normal','gain':1,'offset':0}]}]}";
            Assert.AreEqual(SingleQuoted.Text(expected), Create(rig).Call());
        }

        [TestMethod]
        public void Channel_that_was_not_measured_yet_has_no_value()
        {
            Assert.Contains("\"decimals\":2,\"alarm\"", Create(new SamplerRig(ScriptedSensor.Bmp280(), null)).Call());
        }

        [TestMethod]
        public void Sensor_that_is_gone_is_not_present_and_has_no_value()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bmp280(), null);
            rig.Sampler.Measure();
            rig.Lose76();
            string list = Create(rig).Call();
            Assert.Contains("\"present\":false", list);
            Assert.DoesNotContains("\"value\"", list);
        }

        [TestMethod]
        public void Value_that_is_refused_says_why()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bmp280(), null);
            rig.Slot76.Sensor.Values[0] = 9999;
            rig.Sampler.Measure();
            Assert.Contains("\"fault\":\"out of range\"", Create(rig).Call());
        }

        [TestMethod]
        [DataRow(2137, "normal")]
        [DataRow(3000, "high")]
        [DataRow(-100, "low")]
        public void Alarm_of_a_channel_is_listed(int temperature, string state)
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bmp280(), null, "{'temperature':{'low':0,'high':30}}");
            rig.MeasureAll(temperature);
            Assert.Contains("\"alarm\":\"" + state + "\"", Create(rig).Call());
        }

        [TestMethod]
        public void List_goes_on_behind_a_sensor()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            Assert.StartsWith("{\"sensors\":[{\"name\":\"bmp280@77\"", Create(rig).Call("{'after':'bme280@76'}"));
        }

        [TestMethod]
        public void Nothing_is_behind_the_last_sensor()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            Assert.AreEqual("{\"sensors\":[]}", Create(rig).Call("{'after':'bmp280@77'}"));
        }

        [TestMethod]
        [DataRow("'bme280@75'")]
        [DataRow("''")]
        [DataRow("'?@77'")]
        [DataRow("7")]
        [DataRow("null")]
        [DataRow("['bme280@76']")]
        public void After_that_is_no_sensor_is_invalid(string after)
        {
            MethodRig method = Create(new SamplerRig(ScriptedSensor.Bme280(), null));
            method.Call("{'after':" + after + "}");
            Assert.AreEqual("-32602 after", method.Code + " " + method.Error.Param);
        }

        [TestMethod]
        public void Many_sensors_come_in_pages_that_fit()
        {
            MethodRig method = new MethodRig(new SensorsListMethod(ManySensors(), new ManualClock()));
            int sensors = 0;
            string page = method.Call();
            while (page != null)
            {
                Assert.IsTrue(page.Length < 4000);
                sensors += page.Split('@').Length - 1;
                int next = page.IndexOf("\"next\":");
                sensors -= next < 0 ? 0 : 1;
                page = next < 0 ? null : method.Call("{'after':" + page.Substring(next + 7));
            }

            Assert.AreEqual(16, sensors);
        }

        private static MethodRig Create(SamplerRig rig) => new MethodRig(new SensorsListMethod(rig.Sampler, rig.Clock));

        private static Sampler ManySensors()
        {
            ISensorPort[] slots = new ISensorPort[16];
            for (int i = 0; i < slots.Length; i++)
            {
                slots[i] = new ScriptedPort((10 + i).ToString(), ScriptedSensor.Bme280());
            }

            Sampler sampler = new Sampler(slots, new ManualClock(), new RecordedEvents(), new Counters(), new ChannelRule[0]);
            sampler.Start(false);
            sampler.Measure();
            return sampler;
        }
    }
}
