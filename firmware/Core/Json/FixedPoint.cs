using System;
using System.Text;

namespace Firmware.Json
{
    /// <summary>
    /// Exact decimal text of fixed-point numbers: an integer and a scale, the number of its decimal places. 2137 at
    /// scale 2 is 21.37. The text is a JSON number (RFC 8259, section 6).
    /// </summary>
    public static class FixedPoint
    {
        /// <summary>The largest scale of a number that is written.</summary>
        public const int MaxScale = 9;

        /// <summary>In place of a scale: 0 is written as <c>false</c>, all else as <c>true</c>.</summary>
        public const int Boolean = 255;

        /// <summary>The most bytes that <see cref="Write"/> writes.</summary>
        public const int MaxLength = 21;

        // What comes after it, times ten, would not fit.
        private const long LastTenth = long.MinValue / 10;

        private const int FarExponent = 100000000;

        /// <summary>Ten to the power of a scale.</summary>
        internal static readonly int[] Powers = CreatePowers();

        /// <summary>
        /// Writes a number without an exponent and without zeros at the end: "21.37", "21.5", "21", "-0.05".
        /// </summary>
        /// <param name="value">The number times ten to the power of <paramref name="scale"/>.</param>
        /// <param name="scale">Decimal places, 0 to 9, or <see cref="Boolean"/>.</param>
        /// <param name="buffer">Takes the text; it has to have room for all of it.</param>
        /// <param name="position">Where the text starts.</param>
        /// <returns>The position behind the text.</returns>
        public static int Write(long value, int scale, byte[] buffer, int position)
        {
            if (scale == Boolean)
            {
                byte[] word = value == 0 ? JsonBytes.False : JsonBytes.True;
                word.CopyTo(buffer, position);
                return position + word.Length;
            }

            // Negative numbers reach one further than positive ones.
            if (value < 0)
            {
                buffer[position++] = (byte)'-';
            }
            else
            {
                value = -value;
            }

            long whole = value;
            int fraction = 0;
            if (scale != 0)
            {
                long unit = Powers[scale];
                whole = value / unit;
                fraction = (int)(whole * unit - value);
            }

            if (whole < -int.MaxValue)
            {
                position = WriteLarge(whole, buffer, position);
            }
            else
            {
                int rest = -(int)whole;
                int i = position + (rest < 100000
                    ? rest < 10 ? 1 : rest < 100 ? 2 : rest < 1000 ? 3 : rest < 10000 ? 4 : 5
                    : rest < 1000000 ? 6 : rest < 10000000 ? 7 : rest < 100000000 ? 8 : rest < 1000000000 ? 9 : 10);
                position = i;
                do
                {
                    buffer[--i] = (byte)('0' + rest % 10);
                    rest /= 10;
                }
                while (rest != 0);
            }

            if (fraction == 0)
            {
                return position;
            }

            while (fraction % 10 == 0)
            {
                fraction /= 10;
                scale--;
            }

            buffer[position] = (byte)'.';
            int behind = position + scale + 1;
            for (int i = behind - 1; i > position; i--)
            {
                buffer[i] = (byte)('0' + fraction % 10);
                fraction /= 10;
            }

            return behind;
        }

        /// <summary>The text of a number, as <see cref="Write"/> writes it.</summary>
        /// <param name="value">The number times ten to the power of <paramref name="scale"/>.</param>
        /// <param name="scale">Decimal places, 0 to 9.</param>
        /// <returns>Its text.</returns>
        public static string ToText(long value, int scale)
        {
            byte[] buffer = new byte[MaxLength];
            int length = Write(value, scale, buffer, 0);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }

        /// <summary>
        /// Reads a JSON number exactly, exponents included: "21.37", "2137e-2" and "0.2137E+2" are 2137 at scale 2.
        /// </summary>
        /// <param name="data">Holds the text.</param>
        /// <param name="offset">Where the text starts.</param>
        /// <param name="count">How many bytes it has.</param>
        /// <param name="scale">Decimal places, 0 to 9.</param>
        /// <param name="value">The number times ten to the power of <paramref name="scale"/>, or 0.</param>
        /// <returns>False if it is no JSON number, has more decimal places or does not fit.</returns>
        public static bool TryParse(byte[] data, int offset, int count, int scale, out long value)
        {
            value = 0;
            int end = offset + count;
            bool negative = count > 0 && data[offset] == '-';
            int first = negative ? offset + 1 : offset;
            long digits = 0;
            int zeros = 0;
            int i = ReadDigits(data, first, end, ref digits, ref zeros);
            if (i <= first || (i > first + 1 && data[first] == '0'))
            {
                return false;
            }

            int places = 0;
            if (i < end && data[i] == '.')
            {
                first = i + 1;
                i = ReadDigits(data, first, end, ref digits, ref zeros);
                places = i - first;
                if (places <= 0)
                {
                    return false;
                }
            }

            int exponent = 0;
            if (i < end && (data[i] == 'e' || data[i] == 'E'))
            {
                i = ReadExponent(data, i + 1, end, ref exponent);
            }

            return i == end && TryScale(digits, negative, zeros - places + exponent + scale, out value);
        }

        private static int[] CreatePowers()
        {
            int[] powers = new int[MaxScale + 1];
            powers[0] = 1;
            for (int i = 1; i <= MaxScale; i++)
            {
                powers[i] = powers[i - 1] * 10;
            }

            return powers;
        }

        /// <summary>
        /// Takes digits into <paramref name="sum"/>, a negative number; gives the position behind them, or -1 if they
        /// are too many. Zeros that it has no room for are counted instead.
        /// </summary>
        private static int ReadDigits(byte[] data, int i, int end, ref long sum, ref int zeros)
        {
            long digits = sum;
            for (; i < end; i++)
            {
                int digit = data[i] - '0';
                if ((uint)digit > 9)
                {
                    break;
                }

                if (digits > LastTenth)
                {
                    digits = digits * 10 - digit;
                }
                else if (digit == 0)
                {
                    zeros++;
                }
                else if (digits == LastTenth && digit < 9 && zeros == 0)
                {
                    digits = digits * 10 - digit;
                }
                else
                {
                    return -1;
                }
            }

            sum = digits;
            return i;
        }

        /// <summary>Reads a sign and digits; gives the position behind them, or -1 if there are none.</summary>
        private static int ReadExponent(byte[] data, int i, int end, ref int exponent)
        {
            bool negative = i < end && data[i] == '-';
            if (negative || (i < end && data[i] == '+'))
            {
                i++;
            }

            int first = i;
            int sum = 0;
            while (i < end && data[i] >= '0' && data[i] <= '9')
            {
                // Far beyond every length it does not matter how far.
                sum = sum < FarExponent ? sum * 10 + data[i] - '0' : sum;
                i++;
            }

            exponent = negative ? -sum : sum;
            return i > first ? i : -1;
        }

        /// <summary>Multiplies <paramref name="digits"/>, a negative number, by a power of ten.</summary>
        private static bool TryScale(long digits, bool negative, int power, out long value)
        {
            value = 0;
            if (digits == 0)
            {
                return true;
            }

            for (; power < 0; power++)
            {
                if (digits % 10 != 0)
                {
                    return false;
                }

                digits /= 10;
            }

            for (; power > 0; power--)
            {
                if (digits < LastTenth)
                {
                    return false;
                }

                digits *= 10;
            }

            if (!negative && digits == long.MinValue)
            {
                return false;
            }

            value = negative ? digits : -digits;
            return true;
        }

        /// <summary>Writes <paramref name="whole"/>, a negative number, without its sign.</summary>
        private static int WriteLarge(long whole, byte[] buffer, int position)
        {
            int behind = position + 1;
            for (long rest = whole; rest <= -10; rest /= 10)
            {
                behind++;
            }

            for (int i = behind - 1; i >= position; i--)
            {
                buffer[i] = (byte)('0' - whole % 10);
                whole /= 10;
            }

            return behind;
        }
    }
}
