using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    /// <summary>Gain and offset of a channel.</summary>
    [TestClass]
    public class CalibrationTests
    {
        [TestMethod]
        [DataRow("'offset':0", 2137, 2137)]
        [DataRow("'offset':1.5", 2137, 2287)]
        [DataRow("'offset':-1.5", 2137, 1987)]
        [DataRow("'offset':-30", 2137, -863)]
        [DataRow("'gain':2", 2137, 4274)]
        [DataRow("'gain':0.1", 2140, 214)]
        [DataRow("'gain':10", -300, -3000)]
        [DataRow("'gain':1.02,'offset':-0.35", 2000, 2005)]
        public void Value_is_multiplied_and_shifted(string rule, int raw, int value)
        {
            Assert.AreEqual(value, Calibrated(rule, raw));
        }

        [TestMethod]
        [DataRow("'gain':0.1", 2137, 214)]
        [DataRow("'gain':0.1", 2134, 213)]
        [DataRow("'gain':0.1", 2135, 214)]
        [DataRow("'gain':0.1", -2135, -214)]
        [DataRow("'gain':0.1", -2134, -213)]
        [DataRow("'offset':0.005", 0, 1)]
        [DataRow("'offset':0.004999", 0, 0)]
        [DataRow("'offset':-0.005", 0, -1)]
        public void Result_is_rounded_to_the_decimals_of_the_channel(string rule, int raw, int value)
        {
            Assert.AreEqual(value, Calibrated(rule, raw));
        }

        // 0.6 of a hundredth of the product and 0.6 of the offset: rounded apart they would make 2.
        [TestMethod]
        public void Product_and_offset_are_rounded_together()
        {
            Assert.AreEqual(1, Calibrated("'gain':0.1,'offset':0.006", 6));
        }

        [TestMethod]
        public void Range_is_that_of_what_the_sensor_measured()
        {
            Assert.AreEqual(9500, Calibrated("'offset':10", 8500));
        }

        [TestMethod]
        public void Value_beyond_the_range_of_the_sensor_is_refused_though_it_would_be_calibrated_into_it()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null, "{'temperature':{'offset':-10}}");
            Assert.IsFalse(rig.Measure(8501, 0));
        }

        [TestMethod]
        [DataRow("{'x':{'gain':10}}", int.MaxValue)]
        [DataRow("{'x':{'gain':10}}", int.MinValue)]
        [DataRow("{'x':{'offset':1000000000}}", int.MaxValue)]
        [DataRow("{'x':{'offset':-1000000000}}", int.MinValue)]
        [DataRow("{'x':{'gain':10,'offset':1000000000}}", int.MaxValue)]
        [DataRow("{'x':{'gain':10,'offset':-1000000000}}", int.MinValue)]
        public void Result_that_no_integer_holds_is_out_of_range_at_every_scale(string rules, int raw)
        {
            for (int scale = 0; scale <= 9; scale++)
            {
                Channel channel = Measured(rules, scale, raw);
                Assert.AreEqual(Plausibility.OutOfRange, channel.Fault, "scale " + scale);
            }
        }

        [TestMethod]
        [DataRow(0, 15)]
        [DataRow(3, 5010)]
        [DataRow(6, 5000010)]
        [DataRow(8, 500000010)]
        public void Offset_counts_in_the_unit_at_every_scale(int scale, int value)
        {
            Assert.AreEqual(value, Measured("{'x':{'offset':5}}", scale, 10).Value);
        }

        [TestMethod]
        public void Channel_that_is_not_named_is_left_alone()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null, "{'humidity':{'offset':1},'temperature-77':{'offset':2}}");
            rig.Sampler.Measure();
            Assert.AreEqual(2137, rig.Temperature.Value);
        }

        [TestMethod]
        public void Second_sensor_has_a_calibration_of_its_own()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280(), "{'temperature-77':{'offset':2}}");
            rig.Sampler.Measure();
            Assert.AreEqual(2150, rig.Sampler.Find("temperature-77").Value);
        }

        [TestMethod]
        public void Sensor_that_comes_back_is_still_calibrated()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null, "{'temperature':{'offset':1}}");
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.ProbeWhenDue();
            Assert.AreEqual(2237, rig.Temperature.Value);
        }

        private static int Calibrated(string rule, int raw)
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null, "{'temperature':{" + rule + "}}");
            rig.Measure(raw, 0);
            return rig.Temperature.Value;
        }

        private static Channel Measured(string rules, int scale, int raw)
        {
            Measurand measurand = new Measurand("x", "1", scale, int.MinValue, int.MaxValue);
            SamplerRig rig = new SamplerRig(new ScriptedSensor("test", new[] { measurand }, new[] { raw }), null, rules);
            rig.Sampler.Measure();
            return rig.Sampler.Channels[0];
        }
    }
}
