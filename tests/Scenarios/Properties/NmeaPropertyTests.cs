using System.Globalization;
using System.Text;
using CsCheck;
using Firmware.GatewayText.Lines;
using Firmware.GatewayText.Nmea;

namespace Scenarios.Properties;

/// <summary>Random and crafted bytes to the parser of NMEA 0183, and its distances.</summary>
[TestClass]
public sealed class NmeaPropertyTests
{
    private const int Iterations = 20_000;
    private const string Known = "$GPGGA,101530.00,5231.20000,N,01324.60000,E,1,08,0.9,35.0,M,44.0,M,,*58\r\n";

    private static readonly Gen<string> Field = Gen.OneOf(
        Gen.OneOf(string.Empty, "A", "V", "N", "S", "E", "W", "1", "08", "101530.00", "5231.2", "01324.6", "291126", "10.0", "*", "$", ".", "-1"),
        Gen.String[0, 6],
        Gen.Long.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    [TestMethod]
    public void Any_sentence_with_a_right_checksum_is_survived_and_gives_what_can_be() =>
        Gen.Select(Gen.OneOf("GPGGA", "GNRMC", "GPGSV", "PUBX"), Field.Array[0, 26], Gen.Int[1, 40]).Sample(
            (type, fields, step) =>
            {
                byte[] body = Encoding.UTF8.GetBytes(type + "," + string.Join(',', fields));
                int sum = body.Aggregate(0, (all, next) => all ^ next);
                byte[] stream = [(byte)'$', .. body, .. Encoding.ASCII.GetBytes($"*{sum:X2}\r\n"), .. Encoding.ASCII.GetBytes(Known)];
                var buffer = new LineBuffer(NmeaReader.MaxLength, '$');
                var reader = new NmeaReader();
                int last = NmeaReader.Nothing;
                for (int from = 0; from < stream.Length; from += step)
                {
                    int end = Math.Min(from + step, stream.Length);
                    for (int at = from; at < end;)
                    {
                        at = buffer.Take(stream, at, end);
                        if (buffer.IsWhole)
                        {
                            last = reader.Read(buffer.Bytes, buffer.Length);
                            buffer.Length = 0;
                            bool isPossible = Math.Abs((long)reader.Latitude) <= 900_000_000 && Math.Abs((long)reader.Longitude) <= 1_800_000_000
                                && reader.Speed is >= -1 and <= 51_444_445 && reader.Satellites is >= -1 and <= 99 && reader.Utc >= 0;
                            if (!isPossible)
                            {
                                return false;
                            }
                        }
                    }
                }

                return last == NmeaReader.Gga && reader.HasFix && reader.Latitude == 525_200_000 && reader.Satellites == 8;
            },
            iter: Iterations);

    [TestMethod]
    public void Changed_sentence_is_taken_only_with_its_checksum()
    {
        byte[] known = Encoding.ASCII.GetBytes(Known.TrimEnd());
        Assert.AreEqual(NmeaReader.Gga, new NmeaReader().Read(known, known.Length));
        Gen.Select(Gen.Int[0, Known.Length - 3], Gen.Byte, Gen.Int[0, Known.Length - 3], Gen.Byte).Sample(
            (first, one, second, two) =>
            {
                byte[] sentence = (byte[])known.Clone();
                sentence[first] = one;
                sentence[second] = two;
                int star = Array.IndexOf(sentence, (byte)'*', 1);
                bool isWhole = star == sentence.Length - 3 && sentence[0] == '$'
                    && int.TryParse(Encoding.Latin1.GetString(sentence, star + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int sum)
                    && sum == sentence[1..star].Aggregate(0, (all, next) => all ^ next);
                return new NmeaReader().Read(sentence, sentence.Length) == NmeaReader.Nothing || isWhole;
            },
            iter: Iterations);
    }

    /// <summary>The bound that PositionFilter states.</summary>
    [TestMethod]
    public void Distance_is_within_one_percent_of_that_on_the_ellipsoid() =>
        Gen.Select(Gen.Double[-85, 85], Gen.Double[-180, 180], Gen.Double[0, 2 * Math.PI], Gen.Double[10, 100_000]).Sample(
            (latitude, longitude, course, metres) =>
            {
                double latitude2 = Math.Clamp(latitude + (metres * Math.Cos(course) / 111_195), -85, 85);
                double longitude2 = longitude + (metres * Math.Sin(course) / 111_195 / Math.Cos(latitude * Math.PI / 180));
                longitude2 = longitude2 > 180 ? longitude2 - 360 : longitude2 < -180 ? longitude2 + 360 : longitude2;
                int[] units = [Units(latitude), Units(longitude), Units(latitude2), Units(longitude2)];
                double ours = Math.Sqrt(PositionFilter.SquaredDistance(units[0], units[1], units[2], units[3])) / 89.932;
                double theirs = Vincenty(units[0] / 1e7, units[1] / 1e7, units[2] / 1e7, units[3] / 1e7);

                // And 5 cm: positions are whole units.
                return Math.Abs(ours - theirs) <= (theirs / 100) + 0.05;
            },
            iter: Iterations);

    private static int Units(double degrees) => (int)Math.Round(degrees * 1e7);

    // T. Vincenty, Direct and Inverse Solutions of Geodesics on the Ellipsoid (1975), the inverse formula, on WGS 84.
    private static double Vincenty(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        const double A = 6_378_137;
        const double F = 1 / 298.257223563;
        const double B = A * (1 - F);
        double difference = (longitude2 - longitude1) * Math.PI / 180;
        difference = Math.IEEERemainder(difference, 2 * Math.PI);
        double u1 = Math.Atan((1 - F) * Math.Tan(latitude1 * Math.PI / 180));
        double u2 = Math.Atan((1 - F) * Math.Tan(latitude2 * Math.PI / 180));
        double lambda = difference;
        double sinSigma = 0;
        double cosSigma = 1;
        double sigma = 0;
        double cosSquaredAlpha = 1;
        double cosMiddle = 0;
        for (int i = 0; i < 100; i++)
        {
            double cross = Math.Cos(u2) * Math.Sin(lambda);
            double along = (Math.Cos(u1) * Math.Sin(u2)) - (Math.Sin(u1) * Math.Cos(u2) * Math.Cos(lambda));
            sinSigma = Math.Sqrt((cross * cross) + (along * along));
            if (sinSigma == 0)
            {
                return 0;
            }

            cosSigma = (Math.Sin(u1) * Math.Sin(u2)) + (Math.Cos(u1) * Math.Cos(u2) * Math.Cos(lambda));
            sigma = Math.Atan2(sinSigma, cosSigma);
            double sinAlpha = Math.Cos(u1) * Math.Cos(u2) * Math.Sin(lambda) / sinSigma;
            cosSquaredAlpha = 1 - (sinAlpha * sinAlpha);
            cosMiddle = cosSquaredAlpha == 0 ? 0 : cosSigma - (2 * Math.Sin(u1) * Math.Sin(u2) / cosSquaredAlpha);
            double c = F / 16 * cosSquaredAlpha * (4 + (F * (4 - (3 * cosSquaredAlpha))));
            double next = difference + ((1 - c) * F * sinAlpha
                * (sigma + (c * sinSigma * (cosMiddle + (c * cosSigma * (-1 + (2 * cosMiddle * cosMiddle)))))));
            if (Math.Abs(next - lambda) < 1e-12)
            {
                break;
            }

            lambda = next;
        }

        double square = cosSquaredAlpha * ((A * A) - (B * B)) / (B * B);
        double first = 1 + (square / 16384 * (4096 + (square * (-768 + (square * (320 - (175 * square)))))));
        double second = square / 1024 * (256 + (square * (-128 + (square * (74 - (47 * square))))));
        double correction = second * sinSigma * (cosMiddle + (second / 4 * ((cosSigma * (-1 + (2 * cosMiddle * cosMiddle)))
            - (second / 6 * cosMiddle * (-3 + (4 * sinSigma * sinSigma)) * (-3 + (4 * cosMiddle * cosMiddle))))));
        return B * first * (sigma - correction);
    }
}
