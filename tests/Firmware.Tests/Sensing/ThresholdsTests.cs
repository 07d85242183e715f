using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    /// <summary>Alarms: their thresholds and hysteresis.</summary>
    [TestClass]
    public class ThresholdsTests
    {
        private const string Both = "'low':10,'high':30,'hysteresis':2";

        [TestMethod]
        public void No_alarm_is_raised_by_default()
        {
            SamplerRig rig = Rig("'hysteresis':2");
            rig.MeasureAll(-4000, 8500, 0);
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        public void Normal_value_at_the_start_is_not_published()
        {
            SamplerRig rig = Rig(Both);
            rig.MeasureAll(2000, 2999, 1001);
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        [DataRow(3000, "alarm temperature high: 30 at 30")]
        [DataRow(3120, "alarm temperature high: 31.2 at 30")]
        [DataRow(1000, "alarm temperature low: 10 at 10")]
        [DataRow(-500, "alarm temperature low: -5 at 10")]
        public void Alarm_begins_at_its_threshold(int value, string alarm)
        {
            SamplerRig rig = Rig(Both);
            rig.Measure(value, 0);
            Assert.AreEqual(alarm, rig.Events.Last);
        }

        [TestMethod]
        [DataRow(3000)]
        [DataRow(1000)]
        public void Alarm_is_published_once(int value)
        {
            SamplerRig rig = Rig(Both);
            rig.MeasureAll(value, value, value);
            Assert.AreEqual(1, rig.Events.Count);
        }

        [TestMethod]
        [DataRow(3100, 2999, 1)]
        [DataRow(3100, 2801, 1)]
        [DataRow(3100, 2800, 2)]
        [DataRow(900, 1001, 1)]
        [DataRow(900, 1199, 1)]
        [DataRow(900, 1200, 2)]
        public void Alarm_ends_when_the_value_is_back_by_the_hysteresis(int during, int after, int events)
        {
            SamplerRig rig = Rig(Both);
            rig.MeasureAll(during, after);
            Assert.AreEqual(events, rig.Events.Count);
        }

        [TestMethod]
        [DataRow(3100, "alarm temperature normal: 20 at 30")]
        [DataRow(900, "alarm temperature normal: 20 at 10")]
        public void End_of_an_alarm_names_the_threshold_that_was_crossed(int during, string alarm)
        {
            SamplerRig rig = Rig(Both);
            rig.MeasureAll(during, 2000);
            Assert.AreEqual(alarm, rig.Events.Last);
        }

        [TestMethod]
        [DataRow(3000, 2999)]
        [DataRow(1000, 1001)]
        public void Alarm_without_hysteresis_ends_short_of_its_threshold(int during, int after)
        {
            SamplerRig rig = Rig("'low':10,'high':30");
            rig.MeasureAll(during, after);
            Assert.IsTrue(rig.Events.Last.StartsWith("alarm temperature normal"));
        }

        [TestMethod]
        public void Value_that_swings_within_the_hysteresis_is_one_alarm()
        {
            SamplerRig rig = Rig(Both);
            rig.MeasureAll(3000, 2990, 3010, 2850, 3050, 2801);
            Assert.AreEqual(1, rig.Events.Count);
        }

        [TestMethod]
        public void Jump_from_one_alarm_to_the_other_is_published_at_once()
        {
            SamplerRig rig = Rig(Both);
            rig.MeasureAll(3100, 900, 3100);
            string published = rig.Events[0] + "; " + rig.Events[1] + "; " + rig.Events[2];
            Assert.AreEqual("alarm temperature high: 31 at 30; alarm temperature low: 9 at 10; alarm temperature high: 31 at 30", published);
        }

        [TestMethod]
        public void Hysteresis_that_is_wider_than_the_thresholds_hides_neither()
        {
            SamplerRig rig = Rig("'low':10,'high':30,'hysteresis':100");
            rig.MeasureAll(3100, 1500, 900, 2500, 3100);
            Assert.AreEqual(3, rig.Events.Count);
        }

        [TestMethod]
        [DataRow("'high':30", 8500, "alarm temperature high: 85 at 30")]
        [DataRow("'low':10", -4000, "alarm temperature low: -40 at 10")]
        public void One_threshold_is_enough(string rule, int value, string alarm)
        {
            SamplerRig rig = Rig(rule);
            rig.Measure(value, 0);
            Assert.AreEqual(alarm, rig.Events.Last);
        }

        [TestMethod]
        [DataRow("'high':30,'hysteresis':5", -4000)]
        [DataRow("'low':10,'hysteresis':5", 8500)]
        public void Threshold_that_is_not_set_raises_nothing(string rule, int value)
        {
            SamplerRig rig = Rig(rule);
            rig.Measure(value, 0);
            Assert.AreEqual(0, rig.Events.Count);
        }

        [TestMethod]
        [DataRow(3000, 0)]
        [DataRow(3001, 1)]
        public void Threshold_is_exact_beyond_the_decimals_of_the_channel(int value, int events)
        {
            SamplerRig rig = Rig("'high':30.000001");
            rig.Measure(value, 0);
            Assert.AreEqual(events, rig.Events.Count);
        }

        [TestMethod]
        public void Threshold_is_that_of_the_calibrated_value()
        {
            SamplerRig rig = Rig("'high':30,'offset':10");
            rig.Measure(2000, 0);
            Assert.AreEqual("alarm temperature high: 30 at 30", rig.Events.Last);
        }

        [TestMethod]
        public void Refused_value_raises_no_alarm()
        {
            SamplerRig rig = Rig(Both);
            rig.Measure(9999, 0);
            Assert.AreEqual(0, rig.Events.CountOf("alarm"));
        }

        [TestMethod]
        public void Alarm_outlives_refused_values_and_the_loss_of_the_sensor()
        {
            SamplerRig rig = Rig(Both);
            rig.MeasureAll(3100, 9999);
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.Slot76.Sensor.Values[0] = 3100;
            rig.ProbeWhenDue();
            Assert.AreEqual(1, rig.Events.CountOf("alarm"));
        }

        [TestMethod]
        public void Alarm_of_a_recovered_sensor_is_published_at_once()
        {
            SamplerRig rig = Rig(Both);
            rig.Measure(2000, 0);
            rig.Lose76();
            rig.Slot76.Sensor = ScriptedSensor.Bme280();
            rig.Slot76.Sensor.Values[0] = 3100;
            rig.ProbeWhenDue();
            Assert.AreEqual(1, rig.Events.CountOf("alarm temperature high"));
        }

        [TestMethod]
        public void State_of_a_channel_can_be_asked_for()
        {
            SamplerRig rig = Rig(Both);
            rig.Measure(900, 0);
            Assert.IsTrue(rig.Temperature.Alarm == AlarmState.Low);
        }

        private static SamplerRig Rig(string rule) =>
            new SamplerRig(ScriptedSensor.Bme280(), null, "{'temperature':{" + rule + "}}");
    }
}
