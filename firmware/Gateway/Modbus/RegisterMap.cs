using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Gateway.Modbus
{
    /// <summary>
    /// The registers of a child as text and as the layout of a <see cref="ReadingGroup"/>, whose own bytes are what the
    /// register is, its number (two bytes), the factor (two bytes), and how many registers are read from it on in one request.
    /// </summary>
    internal static partial class RegisterMap
    {
        internal const int TypeMask = 7;
        internal const int U16 = 0;
        internal const int S16 = 1;
        internal const int U32 = 2;
        internal const int S32 = 3;
        internal const int Float = 4;

        /// <summary>A channel of a child that sends text: known by its name, without a register.</summary>
        internal const int Named = 5;

        /// <summary>The low word comes first.</summary>
        internal const int Swapped = 8;

        /// <summary>An input register, not a holding register.</summary>
        internal const int Input = 16;

        internal const int Writable = 32;

        /// <summary>Where a channel has what its register is.</summary>
        internal const int KindAt = ReadingGroup.OwnAt;

        /// <summary>Where it has the number of its register, the high byte first.</summary>
        internal const int RegisterAt = KindAt + 1;

        /// <summary>Where the first channel of a block has the number of the block's registers.</summary>
        internal const int WordsAt = KindAt + 5;

        /// <summary>The factor is not 1.</summary>
        private const int HasFactor = 64;

        private const int FactorAt = KindAt + 3;

        /// <summary>Registers of a value.</summary>
        internal static int WordsOf(int kind) => (kind & TypeMask) < U32 ? 1 : 2;

        /// <summary>Takes the values of a block of channels, whose registers follow each other.</summary>
        /// <param name="map">The layout.</param>
        /// <param name="place">The place of the first; then that behind the last.</param>
        /// <param name="index">The number of the first; then that behind the last.</param>
        /// <param name="data">Holds the registers, the high byte first.</param>
        /// <param name="from">Where they begin.</param>
        /// <param name="values">Receives the values, each with the decimal places of its channel.</param>
        /// <param name="to">Where that of the first belongs.</param>
        /// <returns>One bit for each that is a number and fits.</returns>
        internal static int Take(byte[] map, ref int place, ref int index, byte[] data, int from, byte[] values, int to)
        {
            // In one piece: each call would cost as much as a dozen instructions on the device.
            int at = place;
            int number = index;
            int refused = 0;
            int end = from + (2 * map[at + WordsAt]);
            do
            {
                int kind = map[at + KindAt];
                if ((kind & ~(Input | Writable)) == U16)
                {
                    // The upper bytes of such a channel are always 0.
                    values[to] = data[from + 1];
                    values[to + 1] = data[from];
                    from += 2;
                }
                else
                {
                    refused |= TryTake(map, at, data, from, values, to) ? 0 : 1 << number;
                    from += 2 * WordsOf(kind);
                }

                to += ReadingGroup.ValueLength;
                at += map[at];
                number++;
            }
            while (from < end);
            int mask = (1 << number) - (1 << index);
            place = at;
            index = number;
            return mask & ~refused;
        }

        /// <summary>The registers that hold a value.</summary>
        /// <param name="map">The layout.</param>
        /// <param name="at">The channel's place.</param>
        /// <param name="value">The value with the channel's decimal places.</param>
        /// <param name="bits">One register, or two, the one of the lower number above.</param>
        /// <returns>False when the registers cannot hold it.</returns>
        internal static bool TryGetBits(byte[] map, int at, int value, out uint bits)
        {
            int kind = map[at + KindAt];
            int type = kind & TypeMask;
            int factor = Word(map, at + FactorAt);
            long number = value / factor;
            bits = type == Float ? FloatOf(value, FixedPoint.Powers[map[at + ReadingGroup.DecimalsAt]]) : (uint)number;
            if ((kind & Swapped) != 0)
            {
                bits = (bits << 16) | (bits >> 16);
            }

            if (type < U32)
            {
                bits &= 0xFFFF;
            }

            return number * factor == value && (type == U16 ? number == (ushort)number : type == S16 ? number == (short)number : type != U32 || number >= 0);
        }

        /// <summary>As <see cref="ReadingGroup.StepOf"/>.</summary>
        internal static int StepOf(byte[] map, int at, out int lowest, out int highest)
        {
            int kind = map[at + KindAt];
            int type = kind & TypeMask;
            int factor = Word(map, at + FactorAt);
            lowest = 0;
            highest = 0;
            if ((kind & Writable) == 0)
            {
                return 0;
            }

            // What has more than 32 bits with the factor is not read either.
            int most = int.MaxValue / factor;
            int top = type == U16 ? ushort.MaxValue : type == S16 ? short.MaxValue : most;
            int bottom = type == U16 || type == U32 ? 0 : -top - 1;
            highest = (top < most ? top : most) * factor;
            lowest = (bottom > -most ? bottom : -most) * factor;
            return factor;
        }

        // Two bytes, the high one first.
        private static int Word(byte[] data, int at) => (data[at] << 8) | data[at + 1];

        private static bool TryTake(byte[] map, int at, byte[] data, int from, byte[] values, int to)
        {
            int kind = map[at + KindAt];
            int type = kind & TypeMask;
            int value = Word(data, from);
            long number = type == S16 ? (short)value : value;
            if (type >= U32)
            {
                int second = Word(data, from + 2);
                value = (kind & Swapped) == 0 ? (value << 16) | second : (second << 16) | value;
                number = type == U32 ? (uint)value : value;
            }

            bool isRight = type != Float || TryGetFloat(value, FixedPoint.Powers[map[at + ReadingGroup.DecimalsAt]], out number);
            number *= Word(map, at + FactorAt);
            Frame.PutInt(values, to, (int)number);
            return isRight && number == (int)number;
        }

        // IEEE 754, rounded to the channel's decimal places, without floating point.
        private static bool TryGetFloat(int bits, int power, out long value)
        {
            int exponent = ((bits >> 23) & 0xFF) - 150;
            long digits = ((bits & 0x7FFFFF) | 0x800000) * (long)power;
            value = 0;
            if (exponent <= -150)
            {
                return true; // 0, or as good as that
            }

            if (exponent >= 8)
            {
                return false;
            }

            digits = exponent >= 0 ? digits << exponent : exponent < -60 ? 0 : (digits + (1L << (-exponent - 1))) >> -exponent;
            value = bits < 0 ? -digits : digits;
            return true;
        }

        private static uint FloatOf(int value, int power)
        {
            if (value == 0)
            {
                return 0;
            }

            // So many bits before the division that 24 are left behind it.
            long digits = value < 0 ? -(long)value : value;
            int exponent = 150;
            while (digits < 1L << 55)
            {
                digits <<= 1;
                exponent--;
            }

            digits /= power;
            while (digits >= 1L << 25)
            {
                digits >>= 1;
                exponent++;
            }

            // Rounded; when that takes another bit, it counts for the exponent. The first of 24 is not written.
            digits = ((digits + 1) >> 1) - (1 << 23);
            return (uint)(((long)(exponent + 1) << 23) + digits) | (value < 0 ? 0x80000000 : 0);
        }
    }
}
