using System.Text;
using Firmware.Json;

namespace Firmware.Inputs
{
    /// <summary>
    /// Calibration of an analog input: points, linearly interpolated. What lies outside of them is no value: so a broken wire of
    /// a 4 to 20 mA loop is seen.
    /// </summary>
    internal static class AnalogTable
    {
        /// <summary>What stands for no value.</summary>
        internal const int NoValue = int.MinValue;

        private const int MaxPoints = 16;
        private const int MostMillivolts = 5000;
        private const int Decimals = 3;
        private const long MaxValue = 2000000000;

        /// <summary>Parses a table.</summary>
        /// <param name="text">2 to 16 points "millivolts:value", separated by spaces, millivolts rising: "500:0 4500:10".</param>
        /// <returns>Millivolts and thousandths of the unit in turn; null when the text is not valid.</returns>
        internal static int[] Parse(string text)
        {
            string[] points = text.Split(' ');
            int count = points.Length;
            int[] table = new int[2 * count];
            for (int i = 0; i < count; i++)
            {
                string[] point = points[i].Split(':');
                if (point.Length != 2
                    || !TryRead(point[0], 0, 0, MostMillivolts, out table[2 * i])
                    || !TryRead(point[1], Decimals, -MaxValue, MaxValue, out table[(2 * i) + 1])
                    || (i > 0 && table[2 * i] <= table[(2 * i) - 2]))
                {
                    return null;
                }
            }

            return count >= 2 && count <= MaxPoints ? table : null;
        }

        /// <summary>The value at a voltage, in thousandths of the unit.</summary>
        internal static int ValueAt(int[] table, int millivolts)
        {
            if (millivolts < table[0] || millivolts > table[table.Length - 2])
            {
                return NoValue;
            }

            int i = 2;
            while (table[i] < millivolts)
            {
                i += 2;
            }

            long width = table[i] - table[i - 2];
            long rise = (long)table[i + 1] - table[i - 1];
            return table[i - 1] + (int)(rise * (millivolts - table[i - 2]) / width);
        }

        private static bool TryRead(string text, int decimals, long least, long most, out int value)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            bool isRight = FixedPoint.TryParse(bytes, 0, bytes.Length, decimals, out long number) && number >= least && number <= most;
            value = isRight ? (int)number : 0;
            return isRight;
        }
    }
}
