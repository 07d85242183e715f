namespace Firmware.GatewayText.Nmea
{
    /// <summary>Says which positions are worth reporting: the first, and those that are far enough from the one reported last.</summary>
    /// <remarks>
    /// Integers alone: on a sphere of 6 371 km, flat between the two points, with the cosine of the latitude in the middle.
    /// Between 85 degrees north and south, and up to 100 km, it is off by less than 1 % of the distance on WGS 84.
    /// </remarks>
    internal sealed class PositionFilter
    {
        /// <summary>The longest distance in metres that it is asked for.</summary>
        internal const int MaxDistance = 100000;

        private const long One = 1000000; // cosine and radians are in millionths
        private const long HalfTurn = 1800000000; // 1e-7 degrees
        private const long UnitsPerKilometre = 89932; // 1e-7 degrees of a great circle

        private readonly long _distance; // in 1e-7 degrees, squared
        private int _latitude;
        private int _longitude;
        private bool _isKept;

        /// <summary>Creates a filter.</summary>
        /// <param name="distance">Metres, 1 to <see cref="MaxDistance"/>; 0 for none: no position is far then.</param>
        internal PositionFilter(int distance)
        {
            long units = distance * UnitsPerKilometre / 1000;
            _distance = distance == 0 ? long.MaxValue : units * units;
        }

        /// <summary>A position is reported: the others are measured from it.</summary>
        /// <param name="latitude">1e-7 degrees.</param>
        /// <param name="longitude">1e-7 degrees.</param>
        internal void Keep(int latitude, int longitude)
        {
            _latitude = latitude;
            _longitude = longitude;
            _isKept = true;
        }

        /// <summary>Whether a position is far from the one reported last, or none was.</summary>
        /// <param name="latitude">1e-7 degrees.</param>
        /// <param name="longitude">1e-7 degrees.</param>
        internal bool IsFar(int latitude, int longitude) =>
            !_isKept || SquaredDistance(latitude, longitude, _latitude, _longitude) >= _distance;

        /// <summary>The distance of two points, squared, in 1e-7 degrees of a great circle.</summary>
        internal static long SquaredDistance(int latitude1, int longitude1, int latitude2, int longitude2)
        {
            long north = (long)latitude2 - latitude1;
            long east = (long)longitude2 - longitude1;

            // The shorter way round.
            east = east > HalfTurn ? east - 2 * HalfTurn : east < -HalfTurn ? east + 2 * HalfTurn : east;

            // The cosine of the latitude between them in millionths, off by 0.04 % of it: the first terms of the series; of the
            // sine of what is left to a quarter turn above 45 degrees.
            long angle = ((long)latitude1 + latitude2) / 2;
            angle = angle < 0 ? -angle : angle;
            bool isSmall = angle < HalfTurn / 4;
            long x = (isSmall ? angle : HalfTurn / 2 - angle) * 1000 / 572958;
            long square = x * x / One;
            long cosine = isSmall
                ? One - square / 2 + square * square / (24 * One)
                : x * (One - square / 6 + square * square / (120 * One)) / One;
            east = east * cosine / One;
            return north * north + east * east;
        }
    }
}
