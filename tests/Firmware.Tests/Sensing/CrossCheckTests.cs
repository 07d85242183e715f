using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    /// <summary>Two sensors of the same kind: a BME280 at 76 and a BMP280 at 77 that measures 19.5 Cel.</summary>
    [TestClass]
    public class CrossCheckTests
    {
        private const string Rule = "{'temperature':{'disagreement':1}}";

        [TestMethod]
        [DataRow(2050, 0)]
        [DataRow(2051, 1)]
        [DataRow(1850, 0)]
        [DataRow(1849, 1)]
        public void Sensors_disagree_beyond_the_tolerance(int temperature, int events)
        {
            SamplerRig rig = Rig(Rule);
            rig.Measure(temperature, 0);
            Assert.AreEqual(events, rig.Events.Count);
        }

        [TestMethod]
        public void Disagreement_names_both_values()
        {
            SamplerRig rig = Rig(Rule);
            rig.Measure(2500, 0);
            Assert.AreEqual("disagreement temperature 25, temperature-77 19.5", rig.Events.Last);
        }

        [TestMethod]
        public void Disagreement_is_reported_once()
        {
            SamplerRig rig = Rig(Rule);
            rig.MeasureAll(2500, 2600, 1200);
            Assert.AreEqual(1, rig.Events.Count);
        }

        [TestMethod]
        [DataRow(2050, 1)]
        [DataRow(2026, 1)]
        [DataRow(2025, 2)]
        [DataRow(1875, 2)]
        public void Disagreement_ends_well_within_the_tolerance(int temperature, int events)
        {
            SamplerRig rig = Rig(Rule);
            rig.MeasureAll(2500, temperature);
            Assert.AreEqual(events, rig.Events.Count);
        }

        [TestMethod]
        public void End_of_a_disagreement_is_reported_once()
        {
            SamplerRig rig = Rig(Rule);
            rig.MeasureAll(2500, 1950, 1950);
            Assert.AreEqual(1, rig.Events.CountOf("agreement temperature 19.5, temperature-77 19.5"));
        }

        [TestMethod]
        public void Each_disagreement_is_reported()
        {
            SamplerRig rig = Rig(Rule);
            rig.MeasureAll(2500, 1950, 2500);
            Assert.AreEqual(2, rig.Events.CountOf("disagreement"));
        }

        [TestMethod]
        public void Values_that_disagree_are_values_all_the_same()
        {
            SamplerRig rig = Rig(Rule);
            rig.Measure(2500, 0);
            Assert.IsTrue(rig.Temperature.IsValid && rig.Sampler.Find("temperature-77").IsValid);
        }

        [TestMethod]
        public void Tolerance_of_zero_reports_every_difference()
        {
            SamplerRig rig = Rig("{'temperature':{'disagreement':0}}");
            rig.MeasureAll(1951, 1950);
            Assert.AreEqual(2, rig.Events.Count);
        }

        [TestMethod]
        [DataRow("{}")]
        [DataRow("{'temperature':{'low':-100}}")]
        [DataRow("{'temperature-77':{'disagreement':1}}")]
        [DataRow("{'humidity':{'disagreement':1}}")]
        public void Sensors_are_not_compared_without_a_tolerance_at_the_plain_name(string rules)
        {
            SamplerRig rig = Rig(rules);
            rig.Measure(8000, 0);
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        public void Calibrated_values_are_compared()
        {
            SamplerRig rig = Rig("{'temperature':{'disagreement':1},'temperature-77':{'offset':30}}");
            rig.Measure(4950, 0);
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        public void Refused_value_is_not_compared()
        {
            SamplerRig rig = Rig(Rule);
            rig.Measure(9999, 0);
            Assert.AreEqual(0, rig.Events.CountOf("disagreement"));
        }

        [TestMethod]
        public void Loss_of_a_sensor_does_not_end_a_disagreement()
        {
            SamplerRig rig = Rig(Rule);
            rig.Measure(2500, 0);
            rig.Lose76();
            Assert.AreEqual(0, rig.Events.CountOf("agreement"));
        }

        private static SamplerRig Rig(string rules) => new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280(), rules);
    }
}
