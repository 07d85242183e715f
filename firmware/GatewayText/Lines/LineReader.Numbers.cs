using Firmware.Json;

namespace Firmware.GatewayText.Lines
{
    /// <content>Numbers, rounded to the decimal places of their channels.</content>
    internal sealed partial class LineReader
    {
        private const int MaxDigits = 17;
        private const int FarExponent = 1000;

        private bool TryGet(int token, int decimals, out long number)
        {
            switch (_json.KindOf(token))
            {
                case JsonKind.Number:
                    int at = _json.StartOf(token);
                    return TryRound(_line, at, at + _json.LengthOf(token), decimals, out number);
                case JsonKind.True:
                    number = FixedPoint.Powers[decimals];
                    return true;
                default:
                    number = 0;
                    return _json.KindOf(token) == JsonKind.False;
            }
        }

        /// <summary>
        /// A valid JSON number, rounded to its decimal places: controllers print the digits of their floats, which say more
        /// than was measured. Digits behind the 17th count as 0.
        /// </summary>
        /// <param name="data">Holds the number.</param>
        /// <param name="at">Where it starts.</param>
        /// <param name="end">Where it ends.</param>
        /// <param name="decimals">0 to 9.</param>
        /// <param name="number">The number times ten to the power of <paramref name="decimals"/>.</param>
        /// <returns>False when it does not fit an integer of 32 bits.</returns>
        internal static bool TryRound(byte[] data, int at, int end, int decimals, out long number)
        {
            bool isNegative = data[at] == '-';
            int digits = 0;
            int power = decimals;
            int step = 0; // -1 behind the point
            number = 0;
            int i = isNegative ? at + 1 : at;
            for (; i < end; i++)
            {
                int c = data[i];
                if (c == '.')
                {
                    step = -1;
                }
                else if (c > '9')
                {
                    break; // e or E
                }
                else if (digits < MaxDigits)
                {
                    number = number * 10 + c - '0';
                    digits += number == 0 ? 0 : 1;
                    power += step;
                }
                else
                {
                    power += step + 1;
                }
            }

            if (i < end)
            {
                bool isSmall = data[++i] == '-';
                int exponent = 0;
                for (i += isSmall || data[i] == '+' ? 1 : 0; i < end; i++)
                {
                    // Far beyond every line's length it does not matter how far.
                    exponent = exponent < FarExponent ? exponent * 10 + data[i] - '0' : exponent;
                }

                power += isSmall ? -exponent : exponent;
            }

            for (; power < -1 && number != 0; power++)
            {
                number /= 10;
            }

            number = power < 0 ? (number + 5) / 10 : number;
            for (; power > 0 && number != 0 && number <= int.MaxValue; power--)
            {
                number *= 10;
            }

            bool fits = number <= int.MaxValue;
            number = !fits ? 0 : isNegative ? -number : number;
            return fits;
        }
    }
}
