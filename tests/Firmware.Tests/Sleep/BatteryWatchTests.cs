using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    /// <summary>Thresholds of 20 % (3533 mV) and 5 % (3300 mV) unless said otherwise.</summary>
    [TestClass]
    public class BatteryWatchTests
    {
        private const int Normal = (int)BatteryState.Normal;
        private const int Low = (int)BatteryState.Low;
        private const int Critical = (int)BatteryState.Critical;

        [TestMethod]
        [DataRow(Normal, 3533, Normal)]
        [DataRow(Normal, 3532, Low)]
        [DataRow(Normal, 3300, Low)]
        [DataRow(Normal, 3299, Critical)]
        [DataRow(Low, 3582, Low)]
        [DataRow(Low, 3583, Normal)]
        [DataRow(Low, 3300, Low)]
        [DataRow(Low, 3299, Critical)]
        [DataRow(Critical, 3349, Critical)]
        [DataRow(Critical, 3350, Low)]
        [DataRow(Critical, 3582, Low)]
        [DataRow(Critical, 3583, Normal)]
        public void State_follows_the_voltage_with_hysteresis(int before, int millivolts, int after)
        {
            BatteryWatch watch = In(before);
            watch.Update(millivolts);
            Assert.AreEqual(after, (int)watch.State);
        }

        [TestMethod]
        [DataRow(Normal, 3700, false)]
        [DataRow(Normal, 3400, true)]
        [DataRow(Low, 3400, false)]
        [DataRow(Critical, 4000, true)]
        public void Change_is_reported(int before, int millivolts, bool isChange)
        {
            Assert.AreEqual(isChange, In(before).Update(millivolts));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(499)]
        [DataRow(6001)]
        public void Absurd_voltage_changes_nothing(int millivolts)
        {
            BatteryWatch watch = In(Normal);
            watch.Update(3700);
            bool isChange = watch.Update(millivolts);
            Assert.AreEqual("False 3700", isChange + " " + watch.Millivolts);
        }

        [TestMethod]
        [DataRow(3601, Normal)]
        [DataRow(3599, Low)]
        [DataRow(3199, Critical)]
        public void Thresholds_may_be_voltages(int millivolts, int after)
        {
            BatteryWatch watch = new BatteryWatch(Lithium(), 3600, 3200, BatteryState.Normal);
            watch.Update(millivolts);
            Assert.AreEqual(after, (int)watch.State);
        }

        [TestMethod]
        public void Threshold_of_nothing_is_never_reached()
        {
            BatteryWatch watch = new BatteryWatch(Lithium(), 0, 0, BatteryState.Normal);
            Assert.IsFalse(watch.Update(2500));
        }

        [TestMethod]
        [DataRow(Normal, 1)]
        [DataRow(Low, 2)]
        [DataRow(Critical, 2)]
        public void Interval_doubles_below_the_first_threshold(int state, int factor)
        {
            Assert.AreEqual(factor, In(state).IntervalFactor);
        }

        [TestMethod]
        public void Percentage_is_unknown_before_a_measurement()
        {
            Assert.AreEqual(BatteryCurve.Unknown, In(Normal).Percent);
        }

        [TestMethod]
        public void Percentage_is_that_of_the_last_voltage()
        {
            BatteryWatch watch = In(Normal);
            watch.Update(3700);
            Assert.AreEqual(50, watch.Percent);
        }

        [TestMethod]
        public void Voltage_that_swings_within_the_hysteresis_is_one_change()
        {
            BatteryWatch watch = In(Normal);
            int changes = 0;
            for (int i = 0; i < 20; i++)
            {
                changes += watch.Update(3520 + (i % 2 * 40)) ? 1 : 0;
            }

            Assert.AreEqual(1, changes);
        }

        private static BatteryWatch In(int state) => new BatteryWatch(Lithium(), 20, 5, (BatteryState)state);

        private static BatteryCurve Lithium() => BatteryCurve.Parse(BatteryCurve.LithiumPolymer);
    }
}
