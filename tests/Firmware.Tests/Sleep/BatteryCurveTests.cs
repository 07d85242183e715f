using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class BatteryCurveTests
    {
        [TestMethod]
        [DataRow(3000, 0)]
        [DataRow(3300, 5)]
        [DataRow(3700, 50)]
        [DataRow(4200, 100)]
        public void Point_is_met(int millivolts, int percent)
        {
            Assert.AreEqual(percent, Lithium().PercentOf(millivolts));
        }

        [TestMethod]
        [DataRow(3650, 40)]
        [DataRow(3851, 73)]
        [DataRow(4100, 95)]
        public void Line_lies_between_the_points(int millivolts, int percent)
        {
            Assert.AreEqual(percent, Lithium().PercentOf(millivolts));
        }

        [TestMethod]
        [DataRow(500, 0)]
        [DataRow(2999, 0)]
        [DataRow(4201, 100)]
        [DataRow(6000, 100)]
        public void Ends_go_on_flat(int millivolts, int percent)
        {
            Assert.AreEqual(percent, Lithium().PercentOf(millivolts));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(499)]
        [DataRow(6001)]
        [DataRow(-1)]
        [DataRow(int.MaxValue)]
        public void Voltage_that_no_battery_has_is_refused(int millivolts)
        {
            Assert.AreEqual(BatteryCurve.Unknown, Lithium().PercentOf(millivolts));
        }

        [TestMethod]
        [DataRow(0, 3000)]
        [DataRow(5, 3300)]
        [DataRow(20, 3533)]
        [DataRow(100, 4200)]
        public void Voltage_of_a_percentage_is_found(int percent, int millivolts)
        {
            Assert.AreEqual(millivolts, Lithium().MillivoltsAt(percent));
        }

        [TestMethod]
        [DataRow("2000:0 3000:100", 2500, 50)]
        [DataRow("500:10 6000:90", 6000, 90)]
        public void Curve_can_be_another_one(string text, int millivolts, int percent)
        {
            Assert.AreEqual(percent, BatteryCurve.Parse(text).PercentOf(millivolts));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("3000:0")]
        [DataRow("3000:0 4200")]
        [DataRow("3000:0 4200:100:1")]
        [DataRow("3000:0  4200:100")]
        [DataRow("3000:0 3000:100")]
        [DataRow("4200:0 3000:100")]
        [DataRow("3000:50 4200:50")]
        [DataRow("3000:100 4200:0")]
        [DataRow("3000:0 4200:101")]
        [DataRow("499:0 4200:100")]
        [DataRow("3000:0 6001:100")]
        [DataRow("3000:-1 4200:100")]
        [DataRow("3000:x 4200:100")]
        [DataRow("3000:0 99999999999:100")]
        [DataRow("501:1 502:2 503:3 504:4 505:5 506:6 507:7 508:8 509:9 510:10 511:11 512:12 513:13 514:14 515:15 516:16 517:17")]
        public void Text_that_is_no_curve_is_refused(string text)
        {
            Assert.IsNull(BatteryCurve.Parse(text));
        }

        [TestMethod]
        [DataRow(1850, 2000, 3700)]
        [DataRow(1000, 1333, 1333)]
        [DataRow(3, 1500, 5)]
        [DataRow(0, 2000, 0)]
        public void Divider_is_undone(int measured, int divider, int millivolts)
        {
            Assert.AreEqual(millivolts, BatteryCurve.Millivolts(measured, divider));
        }

        private static BatteryCurve Lithium() => BatteryCurve.Parse(BatteryCurve.LithiumPolymer);
    }
}
