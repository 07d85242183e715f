using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Gateway.Modbus
{
    /// <summary>
    /// The registers of a child as text and as the layout of a <see cref="ReadingGroup"/>, whose own bytes are what the
    /// register is, its number (two bytes), the factor (two bytes), and how many registers are read from it on in one request.
    /// </summary>
    internal static class RegisterMap
    {
        /// <summary>Characters of the longest text.</summary>
        internal const int MaxText = 480;

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

        private const int Overhead = ReadingGroup.NameAt + 1;
        private const int FactorAt = KindAt + 3;
        private const int MaxName = 24;
        private const int MaxUnit = 16;
        private const int MaxFactor = 65535;
        private const int MaxDecimals = 6;
        private const int FloatDecimals = 3;
        private const int FirstParts = 3; // name, register, type
        private const string SwappedText = "-swapped";
        private const string WritableText = "rw";

        /// <summary>Reads a text: registers with commas between, each "name register type scale unit rw"; the last three may be left out.</summary>
        /// <param name="text">E.g. "voltage 0 u16 0.1 V, power i4 s32 W, relay 100 u16 rw".</param>
        /// <param name="isNamed">Whether the channels have no registers: each "name step unit rw", and a step is 1, 0.1, 0.01 …</param>
        /// <returns>The layout; null when the text is not valid.</returns>
        internal static byte[] Parse(string text, bool isNamed = false)
        {
            string[] entries = text.Split(',');
            byte[] layout = new byte[text.Length + (entries.Length * Overhead)];
            int length = 0;
            int before = -1;
            int first = 0;
            for (int i = 0; i < entries.Length; i++)
            {
                int end = i < ReadingGroup.MaxChannels ? Parse(entries[i].Trim().Split(' '), layout, length, isNamed) : 0;
                if (end == 0 || IsNameTaken(layout, length))
                {
                    return null;
                }

                // A block begins, or goes on.
                first = before >= 0 && IsNext(layout, before, length) ? first : length;
                layout[first + WordsAt] += (byte)WordsOf(KindOf(layout, length));
                before = length;
                length = end;
            }

            byte[] map = new byte[length];
            System.Array.Copy(layout, map, length);
            return map;
        }

        /// <summary>The text of a layout.</summary>
        internal static string ToText(byte[] map)
        {
            string text = string.Empty;
            for (int at = 0; map != null && at < map.Length; at += map[at])
            {
                int kind = KindOf(map, at);
                int type = kind & TypeMask;
                int decimals = map[at + ReadingGroup.DecimalsAt];
                string unit = Layouts.UnitOf(map, at);
                text += (at == 0 ? string.Empty : ", ") + ReadingGroup.NameOf(map, at);
                if (type != Named)
                {
                    text += ((kind & Input) != 0 ? " i" : " ") + RegisterOf(map, at) + " " + TypeName(type) + ((kind & Swapped) != 0 ? SwappedText : string.Empty);
                }

                if (FactorOf(map, at) != 1 || decimals != (type == Float ? FloatDecimals : 0))
                {
                    text += " " + FixedPoint.ToText(FactorOf(map, at), decimals);
                }

                text += (unit.Length == 0 ? string.Empty : " " + unit) + ((kind & Writable) != 0 ? " " + WritableText : string.Empty);
            }

            return text;
        }

        internal static int RegisterOf(byte[] map, int at) => (map[at + RegisterAt] << 8) | map[at + RegisterAt + 1];

        internal static int KindOf(byte[] map, int at) => map[at + KindAt];

        internal static int FactorOf(byte[] map, int at) => (map[at + FactorAt] << 8) | map[at + FactorAt + 1];

        /// <summary>Registers of a value.</summary>
        internal static int WordsOf(int kind) => (kind & TypeMask) < U32 ? 1 : 2;

        /// <summary>Takes the values of a block of channels, whose registers follow each other.</summary>
        /// <param name="map">The layout.</param>
        /// <param name="place">The place of the first; then that behind the last.</param>
        /// <param name="index">The number of the first; then that behind the last.</param>
        /// <param name="data">Holds the registers, the high byte first; null when there are none.</param>
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
                if (data == null)
                {
                    from += 2 * WordsOf(kind);
                    refused |= 1 << number;
                }
                else if ((kind & ~(Input | Writable)) == U16)
                {
                    // The upper bytes of such a channel are always 0.
                    values[to] = data[from + 1];
                    values[to + 1] = data[from];
                    from += 2;
                }
                else
                {
                    int value = (data[from] << 8) | data[from + 1];
                    int low = 0;
                    from += 2;
                    if ((kind & TypeMask) >= U32)
                    {
                        low = (data[from] << 8) | data[from + 1];
                        from += 2;
                    }

                    refused |= TryGetValue(map, at, kind, ref value, low) ? 0 : 1 << number;
                    Frame.PutInt(values, to, value);
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
            int kind = KindOf(map, at);
            int type = kind & TypeMask;
            int factor = FactorOf(map, at);
            long number = value / factor;
            bits = type == Float ? FloatOf(value, FixedPoint.Powers[map[at + ReadingGroup.DecimalsAt]]) : (uint)number;
            if ((kind & Swapped) != 0)
            {
                bits = (bits << 16) | (bits >> 16);
            }

            if (type == U16 || type == S16)
            {
                bits &= 0xFFFF;
            }

            return number * factor == value && (type == U16 ? number >= 0 && number <= 0xFFFF
                : type == S16 ? number >= short.MinValue && number <= short.MaxValue : type != U32 || number >= 0);
        }

        private static bool TryGetValue(byte[] map, int at, int kind, ref int value, int second)
        {
            int type = kind & TypeMask;
            long number = type == S16 ? (short)value : value;
            if (type >= U32)
            {
                int bits = (kind & Swapped) == 0 ? (value << 16) | second : (second << 16) | value;
                if (type == Float)
                {
                    return TryGetFloat(bits, FixedPoint.Powers[map[at + ReadingGroup.DecimalsAt]], out value);
                }

                number = type == U32 ? (long)(uint)bits : bits;
            }

            number *= (kind & HasFactor) == 0 ? 1 : FactorOf(map, at);
            value = (int)number;
            return number == value;
        }

        // Gives where the channel ends; 0 when it is not valid.
        private static int Parse(string[] parts, byte[] layout, int at, bool isNamed)
        {
            int count = parts.Length;
            int kind = isNamed ? Named : count < FirstParts ? -1 : TypeOf(parts[2]);
            string name = parts[0];

            // The last two are members of a response.
            if (kind < 0 || name.Length > MaxName || !TopicLevel.IsValid(name) || (isNamed && (name == "id" || name == "error")))
            {
                return 0;
            }

            string register = isNamed ? "0" : parts[1];
            bool isInput = register.Length > 1 && register[0] == 'i';
            int next = isNamed ? 1 : FirstParts;
            int decimals = (kind & TypeMask) == Float ? FloatDecimals : 0;
            long factor = 1;
            if (next < count && TryParseScale(parts[next], out int scaleDecimals, out long scale))
            {
                decimals = scaleDecimals;
                factor = scale;
                next++;
            }

            string unit = string.Empty;
            if (next < count && parts[next] != WritableText)
            {
                unit = parts[next++];
            }

            if (next < count && parts[next] == WritableText)
            {
                kind |= Writable;
                next++;
            }

            int words = WordsOf(kind);
            bool isRight = TryParse(isInput ? register.Substring(1) : register, 0, out long number) && number >= 0 && number + words <= 65536
                && next == count && IsUnit(unit) && factor >= 1 && factor <= MaxFactor
                && (((kind & TypeMask) != Float && !isNamed) || factor == 1) && !(isInput && (kind & Writable) != 0);
            if (!isRight)
            {
                return 0;
            }

            kind |= (isInput ? Input : 0) | (factor == 1 ? 0 : HasFactor);
            layout[at + KindAt] = (byte)kind;
            layout[at + RegisterAt] = (byte)(number >> 8);
            layout[at + RegisterAt + 1] = (byte)number;
            layout[at + FactorAt] = (byte)(factor >> 8);
            layout[at + FactorAt + 1] = (byte)factor;
            return Layouts.Put(layout, at, decimals, name, unit);
        }

        private static bool IsNext(byte[] layout, int before, int at)
        {
            int kind = KindOf(layout, before);
            return RegisterOf(layout, before) + WordsOf(kind) == RegisterOf(layout, at) && ((kind ^ KindOf(layout, at)) & Input) == 0;
        }

        // A scale is a factor and decimal places: 0.05 is 5 at 2.
        private static bool TryParseScale(string text, out int decimals, out long factor)
        {
            factor = 0;
            for (decimals = 0; decimals <= MaxDecimals; decimals++)
            {
                if (TryParse(text, decimals, out factor))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool TryParse(string text, int decimals, out long value)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            return FixedPoint.TryParse(bytes, 0, bytes.Length, decimals, out value);
        }

        private static int TypeOf(string text)
        {
            int swapped = 0;
            int cut = text.Length - SwappedText.Length;
            if (cut > 0 && text.Substring(cut) == SwappedText)
            {
                text = text.Substring(0, cut);
                swapped = Swapped;
            }

            for (int type = U16; type <= Float; type++)
            {
                if (TypeName(type) == text)
                {
                    return swapped != 0 && type < U32 ? -1 : type | swapped;
                }
            }

            return -1;
        }

        private static string TypeName(int type) => type == U16 ? "u16" : type == S16 ? "s16" : type == U32 ? "u32" : type == S32 ? "s32" : "float";

        private static bool IsUnit(string unit)
        {
            // A scale that is out of range is no unit.
            bool isRight = unit.Length <= MaxUnit && !TryParse(unit, FixedPoint.MaxScale, out _);
            for (int i = 0; isRight && i < unit.Length; i++)
            {
                isRight = unit[i] > ' ' && unit[i] < 127 && unit[i] != '"' && unit[i] != '\\';
            }

            return isRight;
        }

        private static bool IsNameTaken(byte[] layout, int at)
        {
            string name = ReadingGroup.NameOf(layout, at);
            for (int other = 0; other < at; other += layout[other])
            {
                if (ReadingGroup.NameOf(layout, other) == name)
                {
                    return true;
                }
            }

            return false;
        }

        // IEEE 754, rounded to the channel's decimal places, without floating point.
        private static bool TryGetFloat(int bits, int power, out int value)
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
            value = (int)digits;
            bool isRight = value == digits;
            value = bits < 0 ? -value : value;
            return isRight;
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

            if (digits >= 1L << 24)
            {
                digits = (digits + 1) >> 1;
                exponent++;
            }

            if (digits >= 1L << 24)
            {
                digits >>= 1;
                exponent++;
            }

            return (uint)(((long)exponent << 23) | (digits & 0x7FFFFF)) | (value < 0 ? 0x80000000 : 0);
        }
    }
}
