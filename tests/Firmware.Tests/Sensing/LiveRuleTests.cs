using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    [TestClass]
    public class LiveRuleTests
    {
        [TestMethod]
        public void Calibration_counts_from_the_next_measurement_on()
        {
            SamplerRig rig = Create("{}");
            rig.Sampler.Measure();
            Apply(rig, "{'temperature':{'offset':1}}");
            rig.Sampler.Measure();
            Assert.AreEqual(2237, rig.Temperature.Value);
        }

        [TestMethod]
        public void Value_of_another_calibration_is_not_valid()
        {
            SamplerRig rig = Create("{}");
            rig.Sampler.Measure();
            Apply(rig, "{'temperature':{'gain':1.1}}");
            Assert.IsFalse(rig.Temperature.IsValid);
        }

        [TestMethod]
        public void Value_stays_valid_when_the_calibration_does_not_change()
        {
            SamplerRig rig = Create("{}");
            rig.Sampler.Measure();
            Apply(rig, "{'temperature':{'high':30}}");
            Assert.IsTrue(rig.Temperature.IsValid);
        }

        [TestMethod]
        public void Channel_stays_the_same_object()
        {
            SamplerRig rig = Create("{}");
            Channel before = rig.Temperature;
            Apply(rig, "{'temperature':{'offset':1}}");
            Assert.AreSame(before, rig.Sampler.Find("temperature"));
        }

        [TestMethod]
        public void Removed_rule_leaves_the_default()
        {
            SamplerRig rig = Create("{'temperature':{'offset':1,'high':20}}");
            Apply(rig, "{}");
            rig.Sampler.Measure();
            Assert.AreEqual("2137 0", rig.Temperature.Value + " " + rig.Events.Count);
        }

        [TestMethod]
        public void Threshold_counts_at_once()
        {
            SamplerRig rig = Create("{}");
            Apply(rig, "{'temperature':{'high':20}}");
            rig.Sampler.Measure();
            Assert.AreEqual("alarm temperature high: 21.37 at 20", rig.Events.Last);
        }

        [TestMethod]
        public void Published_alarm_ends_with_its_threshold()
        {
            SamplerRig rig = Create("{'temperature':{'high':20}}");
            rig.Sampler.Measure();
            Apply(rig, "{'temperature':{'high':30}}");
            rig.Sampler.Measure();
            Assert.AreEqual("2 alarm temperature normal: 21.37 at 20", rig.Events.Count + " " + rig.Events.Last);
        }

        [TestMethod]
        public void Alarm_is_published_again_under_another_threshold()
        {
            SamplerRig rig = Create("{'temperature':{'high':20}}");
            rig.Sampler.Measure();
            Apply(rig, "{'temperature':{'high':21}}");
            rig.Sampler.Measure();
            Assert.AreEqual("3 alarm temperature high: 21.37 at 21", rig.Events.Count + " " + rig.Events.Last);
        }

        [TestMethod]
        public void Alarm_goes_on_under_the_same_rule()
        {
            SamplerRig rig = Create("{'temperature':{'high':20}}");
            rig.Sampler.Measure();
            Apply(rig, "{'temperature':{'high':20},'humidity':{'offset':1}}");
            rig.Sampler.Measure();
            Assert.AreEqual("1 True", rig.Events.Count + " " + (rig.Temperature.Alarm == AlarmState.High));
        }

        [TestMethod]
        public void Stuck_count_starts_again_under_another_rule()
        {
            SamplerRig rig = Create("{'temperature':{'stuck':3}}");
            rig.MeasureAll(2137, 2137);
            Apply(rig, "{'temperature':{'stuck':3,'deadband':1}}");
            rig.MeasureAll(2137, 2137);
            Assert.IsTrue(rig.Temperature.IsValid);
        }

        [TestMethod]
        public void Stuck_count_goes_on_under_the_same_rule()
        {
            SamplerRig rig = Create("{'temperature':{'stuck':3}}");
            rig.MeasureAll(2137, 2137);
            Apply(rig, "{'temperature':{'stuck':3},'humidity':{'stuck':4}}");
            rig.MeasureAll(2137);
            Assert.AreEqual(Plausibility.Stuck, rig.Temperature.Fault);
        }

        [TestMethod]
        public void Published_fault_recovers_under_another_rule()
        {
            SamplerRig rig = Create("{'temperature':{'stuck':2}}");
            rig.MeasureAll(2137, 2137);
            Apply(rig, "{}");
            rig.MeasureAll(2137);
            Assert.AreEqual("reading-recovered temperature", rig.Events.Last);
        }

        [TestMethod]
        public void Rate_of_change_starts_again_under_another_rule()
        {
            SamplerRig rig = Create("{'temperature':{'maxRate':1}}");
            rig.MeasureAll(2137);
            Apply(rig, "{'temperature':{'maxRate':1,'offset':20}}");
            Assert.IsTrue(rig.Measure(2137, 1000));
        }

        [TestMethod]
        public void Next_value_is_sent_under_another_rule()
        {
            SamplerRig rig = Create("{'temperature':{'deadband':5}}");
            Firmware.Telemetry.ReportFilter worth = new Firmware.Telemetry.ReportFilter(10);
            rig.Sampler.Measure();
            worth.Judge(rig.Sampler.Channels, 0);
            worth.Sent(rig.Sampler.Channels, 0);
            Apply(rig, "{'temperature':{'deadband':6}}");
            rig.MeasureAll(2137);
            worth.Judge(rig.Sampler.Channels, rig.Clock.Uptime);
            Assert.IsTrue(rig.Temperature.IsDueForReport);
        }

        [TestMethod]
        public void Sensor_that_comes_later_has_the_new_rule()
        {
            SamplerRig rig = new SamplerRig(null, null, "{'temperature':{'offset':1}}");
            Apply(rig, "{'temperature':{'offset':2}}");
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            Assert.AreEqual(2337, rig.Temperature.Value);
        }

        [TestMethod]
        public void Sensor_that_is_away_has_the_new_rule_when_it_comes_back()
        {
            SamplerRig rig = Create("{}");
            ScriptedSensor sensor = rig.Slot76.Sensor;
            rig.Lose76();
            Apply(rig, "{'temperature':{'offset':2}}");
            sensor.Answers = true;
            rig.Slot76.Sensor = sensor;
            rig.ProbeWhenDue();
            Assert.AreEqual(2337, rig.Temperature.Value);
        }

        [TestMethod]
        public void Published_disagreement_ends_with_its_rule()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280(), "{'temperature':{'disagreement':1}}");
            rig.Sampler.Measure();
            Apply(rig, "{}");
            rig.Sampler.Measure();
            Assert.AreEqual("2 agreement temperature 21.37, temperature-77 19.5", rig.Events.Count + " " + rig.Events.Last);
        }

        [TestMethod]
        public void Disagreement_goes_on_when_the_other_channel_has_a_new_rule()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280(), "{'temperature':{'disagreement':1}}");
            rig.Sampler.Measure();
            Apply(rig, "{'temperature':{'disagreement':1},'temperature-77':{'deadband':1}}");
            rig.Sampler.Measure();
            Assert.AreEqual(1, rig.Events.Count);
        }

        [TestMethod]
        public void Measuring_one_channel_leaves_other_sensors_alone()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280());
            bool isMeasured = rig.Sampler.Measure(rig.Sampler.Find("temperature-77"));
            Assert.AreEqual("True 0 1", isMeasured + " " + rig.Slot76.Sensor.Reads + " " + rig.Slot77.Sensor.Reads);
        }

        private static SamplerRig Create(string channels) => new SamplerRig(ScriptedSensor.Bme280(), null, channels);

        private static void Apply(SamplerRig rig, string channels) => rig.Sampler.Apply(ChannelRules.Of(channels));
    }
}
