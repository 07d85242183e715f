using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    /// <summary>The median of the last values of a sensor, against outliers.</summary>
    [TestClass]
    public class MedianTests
    {
        [TestMethod]
        [DataRow("'median':3", 1, 2000)]
        [DataRow("'median':3", 2, 2000)]
        [DataRow("'median':3", 3, 2010)]
        [DataRow("'median':3", 4, 2020)]
        [DataRow("'median':3", 5, 2020)]
        [DataRow("'median':5", 5, 2010)]
        [DataRow("'median':5", 6, 2020)]
        [DataRow("'median':9", 7, 2020)]
        public void Value_is_the_median_of_the_last_ones(string rule, int count, int expected)
        {
            SamplerRig rig = Rig(rule);
            int[] values = new[] { 2000, 2010, 8500, 2020, -4000, 2030, 2025 };
            for (int i = 0; i < count; i++)
            {
                rig.Measure(values[i], 10000);
            }

            Assert.AreEqual(expected, rig.Temperature.Value);
        }

        [TestMethod]
        public void Outlier_does_not_count_as_too_fast()
        {
            SamplerRig rig = Rig("'median':3,'maxRate':6");
            rig.MeasureAll(2000, 2000, 8500, 2000);
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        public void Calibration_follows_the_median()
        {
            SamplerRig rig = Rig("'median':3,'gain':2,'offset':1");
            rig.MeasureAll(1000, 1500, 1100);
            Assert.AreEqual(2300, rig.Temperature.Value);
        }

        [TestMethod]
        public void Equal_values_of_the_sensor_are_stuck_with_a_median_too()
        {
            SamplerRig rig = Rig("'median':3,'stuck':3");
            rig.MeasureAll(2000, 2001, 2001, 2001);
            Assert.AreEqual("reading-fault temperature: stuck", rig.Events.Last);
        }

        [TestMethod]
        public void Value_that_is_not_valid_does_not_count()
        {
            SamplerRig rig = Rig("'median':3");
            rig.MeasureAll(2000, 2010);
            rig.Slot76.Sensor.Valid[0] = false;
            rig.Measure(0, 10000);
            rig.Slot76.Sensor.Valid[0] = true;
            rig.Measure(2020, 10000);
            Assert.AreEqual(2010, rig.Temperature.Value);
        }

        [TestMethod]
        public void Values_from_before_the_sensor_was_lost_do_not_count()
        {
            SamplerRig rig = Rig("'median':3");
            rig.MeasureAll(2000, 2000, 2000);
            ScriptedSensor sensor = rig.Slot76.Sensor;
            rig.Lose76();
            sensor.Answers = true;
            sensor.Values[0] = 500;
            rig.Slot76.Sensor = sensor;
            rig.Clock.Advance(400000);
            rig.Sampler.Probe(rig.Clock.Uptime);
            Assert.AreEqual(500, rig.Temperature.Value);
        }

        [TestMethod]
        [DataRow(-4000, 8500, 2000, 2000)]
        [DataRow(2000, 2000, -4000, 2000)]
        [DataRow(-4000, -4000, 8500, -4000)]
        [DataRow(8500, 8500, 8500, 8500)]
        public void Equal_values_and_ends_of_the_range_are_values_like_others(int first, int second, int third, int expected)
        {
            SamplerRig rig = Rig("'median':3");
            rig.MeasureAll(first, second, third);
            Assert.AreEqual(expected, rig.Temperature.Value);
        }

        private static SamplerRig Rig(string rule) => new SamplerRig(ScriptedSensor.Bme280(), null, "{'temperature':{" + rule + "}}");
    }
}
