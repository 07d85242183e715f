using System;

namespace Firmware.Json
{
    /// <content>What the values hold.</content>
    public sealed partial class JsonReader
    {
        /// <summary>Decodes a string.</summary>
        /// <param name="token">A value or a member's name.</param>
        /// <param name="value">The text, or null.</param>
        /// <returns>False if it is no string, or if it holds U+0000, where the device would cut it.</returns>
        public bool TryGetString(int token, out string value)
        {
            value = null;
            if (token < 0)
            {
                return false;
            }

            int entry = _tape[token];
            byte[] utf8 = _data;
            int start = entry >> 16 & JsonScanner.Low;
            if (utf8[start++] != '"')
            {
                return false;
            }

            int length = (entry & JsonScanner.Low) - 1;
            if ((entry & JsonScanner.Flag) != 0)
            {
                utf8 = Decode(entry);
                start = 0;
                length = utf8.Length;
                for (int i = 0; i < length; i++)
                {
                    if (utf8[i] == 0)
                    {
                        return false;
                    }
                }
            }

            value = length == 0 ? "" : _utf8.GetString(utf8, start, length);
            return true;
        }

        /// <summary>Decodes a string with any characters to UTF-8.</summary>
        /// <param name="token">A value or a member's name.</param>
        /// <param name="utf8">The bytes, or null.</param>
        /// <returns>False if it is no string.</returns>
        public bool TryGetBytes(int token, out byte[] utf8)
        {
            bool isString = token >= 0 && KindOf(token) == JsonKind.String;
            utf8 = isString ? Decode(_tape[token]) : null;
            return isString;
        }

        /// <summary>Reads an integer. "1e2" and "100.0" are 100.</summary>
        /// <param name="token">A value.</param>
        /// <param name="value">The integer, or 0.</param>
        /// <returns>False if it is no number, has a fraction or does not fit.</returns>
        public bool TryGetInt64(int token, out long value)
        {
            return TryGetFixed(token, 0, out value);
        }

        /// <summary>Reads a number as fixed point: 21.37 at scale 2 is 2137.</summary>
        /// <param name="token">A value.</param>
        /// <param name="scale">Decimal places, 0 to 9.</param>
        /// <param name="value">The number times ten to the power of <paramref name="scale"/>, or 0.</param>
        /// <returns>False if it is no number, has more decimal places or does not fit.</returns>
        public bool TryGetFixed(int token, int scale, out long value)
        {
            value = 0;
            if (token < 0)
            {
                return false;
            }

            // What is no number is refused as one.
            int entry = _tape[token];
            return entry >= 0 && FixedPoint.TryParse(_data, entry >> 16, (entry & JsonScanner.Low) + 1, scale, out value);
        }

        /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
        /// <param name="token">A value.</param>
        /// <param name="value">What it says, or false.</param>
        /// <returns>False if it is neither.</returns>
        public bool TryGetBoolean(int token, out bool value)
        {
            JsonKind kind = token < 0 ? JsonKind.Null : KindOf(token);
            value = kind == JsonKind.True;
            return value || kind == JsonKind.False;
        }

        /// <summary>Where the text of a value starts, so that it can be copied as it is: an index into the data.</summary>
        /// <param name="token">A value or a member's name.</param>
        /// <returns>The index of its first byte; for a string that is the quote.</returns>
        public int StartOf(int token)
        {
            return (_tape[token] >> 16 & JsonScanner.Low) + _shift;
        }

        /// <summary>How long the text of a value is, quotes included. For a container the text is gone through.</summary>
        /// <param name="token">A value or a member's name.</param>
        /// <returns>The length in bytes.</returns>
        public int LengthOf(int token)
        {
            int entry = _tape[token];
            if (entry >= 0)
            {
                return (entry & JsonScanner.Low) + 1;
            }

            int start = entry >> 16 & JsonScanner.Low;
            return LastOf(start) - start + 1;
        }

        /// <summary>The text of a value as it is, quotes included.</summary>
        /// <param name="token">A value.</param>
        /// <returns>A copy.</returns>
        public byte[] CopyOf(int token)
        {
            byte[] text = new byte[LengthOf(token)];
            Array.Copy(_data, _tape[token] >> 16 & JsonScanner.Low, text, 0, text.Length);
            return text;
        }

        /// <summary>The last byte of the container that starts at <paramref name="i"/>.</summary>
        private int LastOf(int i)
        {
            byte[] data = _data;
            int depth = 0;
            bool inString = false;
            while (true)
            {
                int b = data[i];
                if (b == '"')
                {
                    inString = !inString;
                }
                else if (inString)
                {
                    i = b == '\\' ? i + 1 : i;
                }
                else if (b == '{' || b == '[')
                {
                    depth++;
                }
                else if ((b == '}' || b == ']') && --depth == 0)
                {
                    return i;
                }

                i++;
            }
        }

        /// <summary>The text of a string without its escapes.</summary>
        private byte[] Decode(int entry)
        {
            int start = (entry >> 16) + 1;
            int length = (entry & JsonScanner.Low) - 1;
            byte[] source = _data;
            if ((entry & JsonScanner.Flag) != 0)
            {
                source = new byte[length];
                length = JsonEscapes.Decode(_data, start, start + length, source);
                start = 0;
            }

            byte[] utf8 = new byte[length];
            Array.Copy(source, start, utf8, 0, length);
            return utf8;
        }

        /// <summary>Compares a string with <paramref name="wanted"/>.</summary>
        private bool IsText(int entry, byte[] wanted)
        {
            int start = (entry >> 16) + 1;
            int length = (entry & JsonScanner.Low) - 1;
            byte[] data = _data;
            if ((entry & JsonScanner.Flag) != 0)
            {
                data = Decode(entry);
                start = 0;
                length = data.Length;
            }

            if (length != wanted.Length)
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                if (data[start++] != wanted[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
