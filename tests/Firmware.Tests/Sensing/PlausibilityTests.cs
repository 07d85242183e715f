using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sensing
{
    [TestClass]
    public class PlausibilityTests
    {
        private const int T = 2137;
        private const int H = 4520;
        private const int P = 1013250;

        [TestMethod]
        public void Values_within_their_ranges_are_plausible()
        {
            Assert.AreEqual("- - -", Reasons(T, H, P, true, true, true));
        }

        [TestMethod]
        [DataRow(-4000)]
        [DataRow(8500)]
        public void End_of_the_range_is_plausible(int temperature)
        {
            Assert.AreEqual("- - -", Reasons(temperature, H, P, true, true, true));
        }

        [TestMethod]
        [DataRow(-4001)]
        [DataRow(8501)]
        [DataRow(int.MinValue)]
        [DataRow(int.MaxValue)]
        public void Value_beyond_its_range_is_refused(int temperature)
        {
            Assert.AreEqual("out of range - -", Reasons(temperature, H, P, true, true, true));
        }

        [TestMethod]
        public void Value_that_was_not_measured_is_refused()
        {
            Assert.AreEqual("not valid - -", Reasons(T, H, P, false, true, true));
        }

        [TestMethod]
        public void Value_that_was_not_measured_is_not_also_out_of_range()
        {
            Assert.AreEqual("not valid - -", Reasons(9999, H, P, false, true, true));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(10000)]
        public void Full_or_no_humidity_is_plausible_when_all_else_is(int humidity)
        {
            Assert.AreEqual("- - -", Reasons(T, humidity, P, true, true, true));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(10000)]
        public void Saturated_humidity_is_refused_when_another_value_was_not_measured(int humidity)
        {
            Assert.AreEqual("not valid saturated in a failed measurement -", Reasons(T, humidity, P, false, true, true));
        }

        [TestMethod]
        public void Saturated_humidity_is_refused_when_a_later_value_was_not_measured()
        {
            Assert.AreEqual("- saturated in a failed measurement not valid", Reasons(T, 10000, P, true, true, false));
        }

        [TestMethod]
        public void Saturated_humidity_is_refused_when_another_value_is_out_of_range()
        {
            Assert.AreEqual("out of range saturated in a failed measurement -", Reasons(9999, 0, P, true, true, true));
        }

        [TestMethod]
        public void Humidity_short_of_saturation_is_plausible_in_a_failed_measurement()
        {
            Assert.AreEqual("not valid - -", Reasons(T, 9999, P, false, true, true));
        }

        [TestMethod]
        [DataRow(2137, 4520, true, 3)]
        [DataRow(9999, 4520, true, 2)]
        [DataRow(9999, 10000, true, 1)]
        [DataRow(9999, 10000, false, 0)]
        public void Plausible_values_are_counted(int temperature, int humidity, bool pressureValid, int plausible)
        {
            Measurand[] measurands = ScriptedSensor.Bme280().Measurands;
            int[] values = { temperature, humidity, P };
            bool[] valid = { true, true, pressureValid };
            Assert.AreEqual(plausible, Plausibility.Check(measurands, values, valid, Texts.New(3)));
        }

        [TestMethod]
        public void Old_reason_goes_when_the_value_is_plausible()
        {
            string[] reasons = { "not valid", "not valid", "not valid" };
            Measurand[] measurands = ScriptedSensor.Bme280().Measurands;
            Plausibility.Check(measurands, new[] { T, H, P }, new[] { true, true, true }, reasons);
            Assert.IsNull(reasons[0]);
        }

        private static string Reasons(int t, int h, int p, bool tValid, bool hValid, bool pValid)
        {
            string[] reasons = Texts.New(3);
            Plausibility.Check(ScriptedSensor.Bme280().Measurands, new[] { t, h, p }, new[] { tValid, hValid, pValid }, reasons);
            return (reasons[0] ?? "-") + " " + (reasons[1] ?? "-") + " " + (reasons[2] ?? "-");
        }
    }
}
