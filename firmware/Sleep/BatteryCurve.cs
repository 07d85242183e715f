using System.Text;
using Firmware.Json;

namespace Firmware.Sleep
{
    /// <summary>Charge of a battery as a function of its voltage: points, linearly interpolated.</summary>
    public sealed class BatteryCurve
    {
        /// <summary>A lithium polymer cell at rest.</summary>
        public const string LithiumPolymer = "3000:0 3300:5 3500:15 3600:30 3700:50 3800:65 3900:80 4000:90 4200:100";

        /// <summary>Least plausible voltage in millivolts; below it there is no battery, or the divider is broken.</summary>
        public const int LeastMillivolts = 500;

        /// <summary>Greatest plausible voltage in millivolts.</summary>
        public const int MostMillivolts = 6000;

        /// <summary>The charge for a voltage that is not plausible.</summary>
        public const int Unknown = -1;

        private const int MaxPoints = 16;

        private readonly int[] _millivolts;
        private readonly int[] _percent;

        private BatteryCurve(int points)
        {
            _millivolts = new int[points];
            _percent = new int[points];
        }

        /// <summary>Parses a curve.</summary>
        /// <param name="text">
        /// 2 to 16 points "millivolts:percent", separated by spaces, both numbers rising; see
        /// <see cref="LithiumPolymer"/>.
        /// </param>
        /// <returns>The curve, or null when the text is not valid.</returns>
        public static BatteryCurve Parse(string text)
        {
            string[] points = text.Split(' ');
            BatteryCurve curve = new BatteryCurve(points.Length);
            for (int i = 0; i < points.Length; i++)
            {
                if (!curve.Put(i, points[i].Split(':')))
                {
                    return null;
                }
            }

            return points.Length >= 2 && points.Length <= MaxPoints ? curve : null;
        }

        /// <summary>Tells whether a voltage is within <see cref="LeastMillivolts"/> and <see cref="MostMillivolts"/>.</summary>
        /// <param name="millivolts">Voltage of the battery in millivolts.</param>
        /// <returns>True when it is.</returns>
        public static bool IsPlausible(int millivolts) => millivolts >= LeastMillivolts && millivolts <= MostMillivolts;

        /// <summary>Computes the voltage of the battery from that behind its divider.</summary>
        /// <param name="measured">Millivolts at the converter.</param>
        /// <param name="divider">Ratio of the divider in thousandths: 2000 for two equal resistors.</param>
        /// <returns>Millivolts.</returns>
        public static int Millivolts(int measured, int divider) => (int)((((long)measured * divider) + 500) / 1000);

        /// <summary>Gives the charge at a voltage.</summary>
        /// <param name="millivolts">Voltage of the battery in millivolts.</param>
        /// <returns>0 to 100 percent, or <see cref="Unknown"/> when the voltage is not plausible.</returns>
        public int PercentOf(int millivolts) =>
            IsPlausible(millivolts) ? Interpolate(_millivolts, _percent, millivolts) : Unknown;

        /// <summary>Gives the voltage at a charge.</summary>
        /// <param name="percent">0 to 100.</param>
        /// <returns>Millivolts.</returns>
        public int MillivoltsAt(int percent) => Interpolate(_percent, _millivolts, percent);

        private static int Interpolate(int[] from, int[] to, int value)
        {
            int last = from.Length - 1;
            if (value <= from[0] || value >= from[last])
            {
                return value <= from[0] ? to[0] : to[last];
            }

            int i = 1;
            while (from[i] < value)
            {
                i++;
            }

            int width = from[i] - from[i - 1];
            return to[i - 1] + ((((to[i] - to[i - 1]) * (value - from[i - 1])) + (width / 2)) / width);
        }

        private bool Put(int at, string[] point)
        {
            if (point.Length != 2)
            {
                return false;
            }

            int millivolts = Number(point[0], MostMillivolts);
            int percent = Number(point[1], 100);
            _millivolts[at] = millivolts;
            _percent[at] = percent;
            return millivolts >= LeastMillivolts && percent >= 0
                && (at == 0 || (millivolts > _millivolts[at - 1] && percent > _percent[at - 1]));
        }

        private static int Number(string text, int most)
        {
            byte[] digits = Encoding.UTF8.GetBytes(text);
            return FixedPoint.TryParse(digits, 0, digits.Length, 0, out long value) && value <= most ? (int)value : Unknown;
        }
    }
}
