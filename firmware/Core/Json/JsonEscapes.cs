namespace Firmware.Json
{
    /// <summary>The escapes in a JSON string (RFC 8259, section 7).</summary>
    internal static class JsonEscapes
    {
        /// <summary>The number that four hexadecimal digits stand for, or -1. Looks no further than the first byte that is none.</summary>
        internal static int Hex4(byte[] data, int i)
        {
            int number = 0;
            for (int behind = i + 4; i < behind; i++)
            {
                int b = data[i];
                int digit = b >= '0' && b <= '9' ? b - '0'
                    : b >= 'a' && b <= 'f' ? b - 'a' + 10
                    : b >= 'A' && b <= 'F' ? b - 'A' + 10
                    : -1;
                if (digit < 0)
                {
                    return -1;
                }

                number = number << 4 | digit;
            }

            return number;
        }

        /// <summary>
        /// Decodes the valid string body from <paramref name="i"/> up to <paramref name="end"/> into
        /// <paramref name="target"/>, which is never longer; gives the number of bytes.
        /// </summary>
        internal static int Decode(byte[] data, int i, int end, byte[] target)
        {
            int n = 0;
            while (i < end)
            {
                int b = data[i++];
                if (b != '\\')
                {
                    target[n++] = (byte)b;
                    continue;
                }

                b = data[i++];
                if (b != 'u')
                {
                    target[n++] = Short(b);
                    continue;
                }

                int point = Hex4(data, i);
                i += 4;
                if (point >> 11 == 0xD800 >> 11)
                {
                    point = 0x10000 + ((point - 0xD800) << 10) + (Hex4(data, i + 2) - 0xDC00);
                    i += 6;
                }

                n = Encode(point, target, n);
            }

            return n;
        }

        /// <summary>How many bytes the text from <paramref name="i"/> up to <paramref name="end"/> gains by escapes.</summary>
        internal static int Measure(byte[] data, int i, int end)
        {
            byte[] stops = JsonBytes.Stops;
            int extra = 0;
            for (; i < end; i++)
            {
                if (stops[data[i]] != 0)
                {
                    int letter = Letter(data[i]);
                    extra += letter == 0 ? 0 : letter == 'u' ? 5 : 1;
                }
            }

            return extra;
        }

        /// <summary>Escapes that text in place; it grows by <paramref name="extra"/> bytes.</summary>
        internal static void Spread(byte[] data, int from, int end, int extra)
        {
            // Backwards, so that nothing is overwritten before it has moved. What comes before the first escape stays.
            byte[] stops = JsonBytes.Stops;
            int to = end + extra;
            for (int i = end; to > i && i > from;)
            {
                byte b = data[--i];
                if (stops[b] == 0)
                {
                    data[--to] = b;
                    continue;
                }

                int letter = Letter(b);
                if (letter == 'u')
                {
                    data[--to] = HexDigit(b & 0xF);
                    data[--to] = HexDigit(b >> 4);
                    data[--to] = (byte)'0';
                    data[--to] = (byte)'0';
                }

                data[--to] = (byte)(letter == 0 ? b : letter);
                if (letter != 0)
                {
                    data[--to] = (byte)'\\';
                }
            }
        }

        /// <summary>The letter after the backslash for <paramref name="b"/>; 0 if it needs none.</summary>
        private static int Letter(int b)
        {
            switch (b)
            {
                case '"':
                case '\\':
                    return b;
                case '\b':
                    return 'b';
                case '\f':
                    return 'f';
                case '\n':
                    return 'n';
                case '\r':
                    return 'r';
                case '\t':
                    return 't';
                default:
                    return b < ' ' ? 'u' : 0;
            }
        }

        private static byte HexDigit(int digit)
        {
            return (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }

        /// <summary>The byte that the letter <paramref name="b"/> after a backslash represents.</summary>
        private static byte Short(int b)
        {
            switch (b)
            {
                case 'b':
                    return (byte)'\b';
                case 'f':
                    return (byte)'\f';
                case 'n':
                    return (byte)'\n';
                case 'r':
                    return (byte)'\r';
                case 't':
                    return (byte)'\t';
                default:
                    return (byte)b;
            }
        }

        /// <summary>Writes a code point as UTF-8; gives the position behind it.</summary>
        private static int Encode(int point, byte[] target, int n)
        {
            if (point < 0x80)
            {
                target[n++] = (byte)point;
                return n;
            }

            if (point < 0x800)
            {
                target[n++] = (byte)(0xC0 | point >> 6);
            }
            else
            {
                if (point < 0x10000)
                {
                    target[n++] = (byte)(0xE0 | point >> 12);
                }
                else
                {
                    target[n++] = (byte)(0xF0 | point >> 18);
                    target[n++] = (byte)(0x80 | point >> 12 & 0x3F);
                }

                target[n++] = (byte)(0x80 | point >> 6 & 0x3F);
            }

            target[n++] = (byte)(0x80 | point & 0x3F);
            return n;
        }
    }
}
