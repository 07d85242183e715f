using Firmware.Rules;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Rules
{
    [TestClass]
    public class LocalTimeTests
    {
        private const string Berlin = "CET-1CEST,M3.5.0,M10.5.0/3";

        [TestMethod]
        public void Fixed_offset_is_west_of_Greenwich()
        {
            Assert.AreEqual(0, LocalTime.Parse("UTC0").OffsetAt(0));
            Assert.AreEqual(-5 * 3600, LocalTime.Parse("EST5").OffsetAt(1795366425));
            Assert.AreEqual((5 * 3600) + 1800, LocalTime.Parse("<+0530>-5:30").OffsetAt(1795366425));
        }

        [TestMethod]
        public void Summer_time_begins_and_ends_to_the_second()
        {
            LocalTime zone = LocalTime.Parse(Berlin);
            Assert.AreEqual(3600, zone.OffsetAt(1774745999)); // 2026-03-29 00:59:59 UTC
            Assert.AreEqual(1774746000, zone.NextChange);
            Assert.AreEqual(7200, zone.OffsetAt(1774746000));
            Assert.AreEqual(7200, zone.OffsetAt(1792889999)); // 2026-10-25 00:59:59 UTC
            Assert.AreEqual(3600, zone.OffsetAt(1792890000));
            Assert.AreEqual(3600, zone.OffsetAt(1798761600)); // 2027-01-01
        }

        [TestMethod]
        public void Summer_of_the_south_goes_over_the_year()
        {
            LocalTime zone = LocalTime.Parse("AEST-10AEDT,M10.1.0,M4.1.0/3"); // Sydney
            Assert.AreEqual(11 * 3600, zone.OffsetAt(1798761600)); // 2027-01-01
            Assert.AreEqual(10 * 3600, zone.OffsetAt(1782864000)); // 2026-07-01
            Assert.AreEqual(10 * 3600, zone.OffsetAt(1791043199)); // 2026-10-03 15:59:59 UTC
            Assert.AreEqual(11 * 3600, zone.OffsetAt(1791043200));
        }

        [TestMethod]
        public void Other_offsets_and_times_of_change_count()
        {
            LocalTime lordHowe = LocalTime.Parse("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0");
            Assert.AreEqual(11 * 3600, lordHowe.OffsetAt(1798761600));
            Assert.AreEqual((10 * 3600) + 1800, lordHowe.OffsetAt(1782864000));
            Assert.IsNotNull(LocalTime.Parse("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"));
        }

        [TestMethod]
        public void What_is_no_time_zone_is_refused()
        {
            string[] wrong =
            {
                string.Empty, "UTC", "0", "CE-1", "CET-1CEST", "CET-25", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M13.5.0", "CET-1CEST,M3.6.0,M10.5.0",
                "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J60,J300", "CET-1CEST,M3.5.0,M10.5.0/", "CET-1 ", "<CET", "<>0", "<A>-1", "CET-1:60", Berlin + ",", "CET-1CEST,M3.5.0,M3.5.0", "Europe/Berlin",
                "CET-1CEST,M", "CET-1CEST,M3", "CET-1CEST,M3.", "CET-1CEST,M3.5", "CET--1", "\u00e4\u00f6\u00fc0",
            };
            for (int i = 0; i < wrong.Length; i++)
            {
                Assert.IsNull(LocalTime.Parse(wrong[i]), wrong[i]);
            }
        }
    }
}
