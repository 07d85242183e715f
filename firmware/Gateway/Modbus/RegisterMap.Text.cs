using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Gateway.Modbus
{
    /// <content>Registers as text.</content>
    internal static partial class RegisterMap
    {
        /// <summary>Characters of the longest text.</summary>
        internal const int MaxText = 480;

        private const int Overhead = ReadingGroup.NameAt + 1;
        private const int MaxName = 24;
        private const int MaxUnit = 16;
        private const int MaxFactor = 65535;
        private const int MaxDecimals = 6;
        private const int FloatDecimals = 3;
        private const int FirstParts = 3; // name, register, type
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
            int before = 0;
            int first = 0;
            for (int i = 0; i < entries.Length; i++)
            {
                string[] parts = entries[i].Trim().Split(' ');
                int kind = isNamed ? Named : parts.Length < FirstParts ? -1 : TypeOf(parts[2]);
                string name = parts[0];

                // The last two are members of a response.
                bool isRight = i < ReadingGroup.MaxChannels && kind >= 0 && name.Length <= MaxName && TopicLevel.IsValid(name)
                    && !(isNamed && (name == "id" || name == "error"));
                int end = isRight ? Parse(parts, kind, layout, length) : 0;
                for (int other = 0; end != 0 && other < length; other += layout[other])
                {
                    end = ReadingGroup.NameOf(layout, other) == name ? 0 : end;
                }

                if (end == 0)
                {
                    return null;
                }

                // A block begins, or goes on.
                kind = layout[length + KindAt];
                int last = layout[before + KindAt];
                if (i == 0 || Word(layout, before + RegisterAt) + WordsOf(last) != Word(layout, length + RegisterAt) || ((last ^ kind) & Input) != 0)
                {
                    first = length;
                }

                layout[first + WordsAt] += (byte)WordsOf(kind);
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
                int kind = map[at + KindAt];
                int type = kind & TypeMask;
                int factor = Word(map, at + FactorAt);
                int decimals = map[at + ReadingGroup.DecimalsAt];
                string unit = ReadingGroup.UnitOf(map, at);
                text += (at == 0 ? string.Empty : ", ") + ReadingGroup.NameOf(map, at);
                if (type != Named)
                {
                    text += ((kind & Input) != 0 ? " i" : " ") + Word(map, at + RegisterAt);
                    text += " " + TypeName(kind);
                }

                if (factor != 1 || decimals != (type == Float ? FloatDecimals : 0))
                {
                    text += " " + FixedPoint.ToText(factor, decimals);
                }

                text += (unit.Length == 0 ? string.Empty : " " + unit) + ((kind & Writable) != 0 ? " " + WritableText : string.Empty);
            }

            return text;
        }

        // Gives where the channel ends; 0 when it is not valid.
        private static int Parse(string[] parts, int kind, byte[] layout, int at)
        {
            int count = parts.Length;
            bool isNamed = kind == Named;
            string register = isNamed ? "0" : parts[1];
            bool isInput = register.Length > 1 && register[0] == 'i';
            int next = isNamed ? 1 : FirstParts;
            int decimals = (kind & TypeMask) == Float ? FloatDecimals : 0;
            long factor = 1;

            // A scale is a factor and decimal places: 0.05 is 5 at 2.
            for (int i = 0; next < count && i <= MaxDecimals; i++)
            {
                if (TryParse(parts[next], i, out long scale))
                {
                    decimals = i;
                    factor = scale;
                    next++;
                    break;
                }
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

            // A scale that is out of range is no unit.
            bool isRight = TryParse(isInput ? register.Substring(1) : register, 0, out long number) && number >= 0 && number + WordsOf(kind) <= 65536
                && next == count && unit.Length <= MaxUnit && !TryParse(unit, FixedPoint.MaxScale, out _) && factor >= 1 && factor <= MaxFactor
                && (((kind & TypeMask) != Float && !isNamed) || factor == 1) && !(isInput && (kind & Writable) != 0);
            for (int i = 0; isRight && i < unit.Length; i++)
            {
                isRight = unit[i] > ' ' && unit[i] < 127 && unit[i] != '"' && unit[i] != '\\';
            }

            if (!isRight)
            {
                return 0;
            }

            layout[at + KindAt] = (byte)(kind | (isInput ? Input : 0) | (factor == 1 ? 0 : HasFactor));
            layout[at + RegisterAt] = (byte)(number >> 8);
            layout[at + RegisterAt + 1] = (byte)number;
            layout[at + FactorAt] = (byte)(factor >> 8);
            layout[at + FactorAt + 1] = (byte)factor;
            return Layouts.Put(layout, at, decimals, parts[0], unit);
        }

        private static bool TryParse(string text, int decimals, out long value)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            return FixedPoint.TryParse(bytes, 0, bytes.Length, decimals, out value);
        }

        private static int TypeOf(string text)
        {
            for (int type = U16; type <= (Swapped | Float); type++)
            {
                if (TypeName(type) == text)
                {
                    // One register has no words to swap.
                    return type >= Swapped && (type & TypeMask) < U32 ? -1 : type;
                }
            }

            return -1;
        }

        private static string TypeName(int kind)
        {
            int type = kind & TypeMask;
            string name = type == U16 ? "u16" : type == S16 ? "s16" : type == U32 ? "u32" : type == S32 ? "s32" : "float";
            return (kind & Swapped) != 0 ? name + "-swapped" : name;
        }
    }
}
