using Firmware.GatewayText.Nmea;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>Which positions are far from the one before.</summary>
    [TestClass]
    public class PositionFilterTests
    {
        private const int Latitude = 525200000;
        private const int Longitude = 134100000;

        [TestMethod]
        public void First_position_is_far()
        {
            Assert.IsTrue(new PositionFilter(100).IsFar(Latitude, Longitude));
            Assert.IsTrue(new PositionFilter(0).IsFar(0, 0));
        }

        [TestMethod]
        [DataRow(0, 8900, false)]
        [DataRow(0, 9100, true)]
        [DataRow(0, -9100, true)]
        [DataRow(14600, 0, false)]
        [DataRow(14900, 0, true)]
        [DataRow(-14900, 0, true)]
        [DataRow(10200, 6200, false)]
        [DataRow(10500, 6500, true)]
        public void Position_100_m_away_is_far(int east, int north, bool isFar)
        {
            PositionFilter filter = Create(100, Latitude, Longitude);
            Assert.AreEqual(isFar, filter.IsFar(Latitude + north, Longitude + east));
            Assert.AreEqual(isFar, Create(100, -Latitude, -Longitude).IsFar(-Latitude - north, -Longitude - east));
        }

        [TestMethod]
        public void Small_steps_add_up()
        {
            PositionFilter filter = new PositionFilter(100);
            int sent = 0;
            for (int i = 0; i <= 100; i++)
            {
                int latitude = Latitude + i * 900;
                if (filter.IsFar(latitude, Longitude))
                {
                    filter.Keep(latitude, Longitude);
                    sent++;
                }
            }

            // 10 m each: the first, and one at every 100 m.
            Assert.AreEqual(11, sent);
        }

        [TestMethod]
        public void No_position_is_far_without_a_distance() =>
            Assert.IsFalse(Create(0, Latitude, Longitude).IsFar(-Latitude, -Longitude));

        [TestMethod]
        public void Date_line_is_crossed_the_short_way()
        {
            PositionFilter filter = Create(100, 0, 1799999000);
            Assert.IsFalse(filter.IsFar(0, -1799999000));
            Assert.IsTrue(filter.IsFar(0, -1799990000));
        }

        [TestMethod]
        [DataRow(900000000, 1800000000, -900000000, -1800000000)]
        [DataRow(900000000, -1800000000, 900000000, 1800000000)]
        [DataRow(0, 0, 0, 1800000000)]
        [DataRow(-900000000, 0, 900000000, 1800000000)]
        public void Farthest_points_do_not_overflow(int latitude1, int longitude1, int latitude2, int longitude2)
        {
            Assert.IsTrue(PositionFilter.SquaredDistance(latitude1, longitude1, latitude2, longitude2) >= 0);
            Assert.AreEqual(
                PositionFilter.SquaredDistance(latitude1, longitude1, latitude2, longitude2),
                PositionFilter.SquaredDistance(latitude2, longitude2, latitude1, longitude1));
        }

        private static PositionFilter Create(int distance, int latitude, int longitude)
        {
            PositionFilter filter = new PositionFilter(distance);
            filter.Keep(latitude, longitude);
            return filter;
        }
    }
}
