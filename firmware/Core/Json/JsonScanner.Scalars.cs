namespace Firmware.Json
{
    /// <content>Strings, numbers and literals.</content>
    internal sealed partial class JsonScanner
    {
        /// <summary>The first position from <paramref name="i"/> on that is not whitespace.</summary>
        internal static int SkipSpace(byte[] data, int i)
        {
            int b = data[i];
            while (b == ' ' || b == '\n' || b == '\r' || b == '\t')
            {
                b = data[++i];
            }

            return i;
        }

        private int SkipSpaceTo(byte[] data, int i, int wanted)
        {
            int b = data[i];
            while (b == ' ' || b == '\n' || b == '\r' || b == '\t')
            {
                b = data[++i];
            }

            return b == wanted ? i : Fail(JsonError.UnexpectedByte, i);
        }

        /// <summary>
        /// Goes on at <paramref name="i"/> in the string that starts at <paramref name="start"/>, where something needs
        /// a look; makes its entry and gives the position of the closing quote.
        /// </summary>
        private int FinishString(byte[] data, int i, int start, int token)
        {
            byte[] stops = JsonBytes.Stops;
            int flag = 0;
            int b = data[i];
            while (b != '"')
            {
                if (b == '\\')
                {
                    flag = Flag;
                    i = ScanEscape(data, i);
                }
                else if (b < ' ')
                {
                    return Fail(JsonError.ControlCharacter, i);
                }
                else if (b > 0x7F)
                {
                    i = ScanUtf8(data, i);
                }
                else if (i == _last)
                {
                    return Fail(JsonError.UnexpectedEnd, _end);
                }
                else
                {
                    i++;
                }

                if (i < 0)
                {
                    return i;
                }

                while (stops[data[i]] == 0)
                {
                    i++;
                }

                b = data[i];
            }

            Tape[token] = start << 16 | flag | i - start;
            HasEscapes |= flag != 0;
            return i;
        }

        /// <summary>Checks the escape at <paramref name="i"/>; gives the position behind it.</summary>
        private int ScanEscape(byte[] data, int i)
        {
            switch (data[i + 1])
            {
                case (byte)'"':
                case (byte)'\\':
                case (byte)'/':
                case (byte)'b':
                case (byte)'f':
                case (byte)'n':
                case (byte)'r':
                case (byte)'t':
                    return i + 2;
                case (byte)'u':
                    break;
                default:
                    return Fail(JsonError.InvalidEscape, i + 1 < _end ? i : i + 1);
            }

            int unit = JsonEscapes.Hex4(data, i + 2);
            if (unit < 0)
            {
                return Fail(JsonError.InvalidEscape, i);
            }

            if (unit < 0xD800 || unit > 0xDFFF)
            {
                return i + 6;
            }

            bool whole = unit < 0xDC00 && data[i + 6] == '\\' && data[i + 7] == 'u' && JsonEscapes.Hex4(data, i + 8) >> 10 == 0xDC00 >> 10;
            return whole ? i + 12 : Fail(JsonError.LoneSurrogate, i);
        }

        /// <summary>Checks the character at <paramref name="i"/> (RFC 3629, section 4); gives the position behind it.</summary>
        private int ScanUtf8(byte[] data, int i)
        {
            int b = data[i];
            if (b < 0xC2 || b > 0xF4)
            {
                return Fail(JsonError.InvalidUtf8, i);
            }

            // The second byte's range keeps out what is too long, a surrogate or beyond U+10FFFF.
            int low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
            int high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
            int behind = b < 0xE0 ? i + 2 : b < 0xF0 ? i + 3 : i + 4;
            for (int k = i + 1; k < behind; k++)
            {
                b = data[k];
                if (b < low || b > high)
                {
                    return Fail(JsonError.InvalidUtf8, k < _end ? i : k);
                }

                low = 0x80;
                high = 0xBF;
            }

            return behind;
        }

        /// <summary>Checks the number or literal at <paramref name="i"/>; gives the position behind it.</summary>
        private int ScanScalar(byte[] data, int i)
        {
            int b = data[i];
            if (b > '9')
            {
                return ScanLiteral(data, i, b == 't' ? JsonBytes.True : b == 'f' ? JsonBytes.False : JsonBytes.Null);
            }

            if (b == '-')
            {
                b = data[++i];
                if (b < '0' || b > '9')
                {
                    return Fail(JsonError.InvalidNumber, i);
                }
            }
            else if (b < '0')
            {
                return Fail(JsonError.UnexpectedByte, i);
            }

            bool zero = b == '0';
            int digits = i;
            do
            {
                i++;
            }
            while ((uint)(data[i] - '0') <= 9);

            if (zero && i > digits + 1)
            {
                return Fail(JsonError.InvalidNumber, digits + 1);
            }

            b = data[i];
            return b == '.' || b == 'e' || b == 'E' ? ScanFraction(data, i) : i;
        }

        private int ScanLiteral(byte[] data, int i, byte[] literal)
        {
            for (int k = 0; k < literal.Length; k++)
            {
                if (data[i++] != literal[k])
                {
                    return Fail(JsonError.UnexpectedByte, i - 1);
                }
            }

            return i;
        }

        private int ScanFraction(byte[] data, int i)
        {
            if (data[i] == '.')
            {
                i = ScanDigits(data, i + 1);
                if (i < 0)
                {
                    return i;
                }
            }

            int b = data[i];
            if (b != 'e' && b != 'E')
            {
                return i;
            }

            b = data[++i];
            return ScanDigits(data, b == '+' || b == '-' ? i + 1 : i);
        }

        /// <summary>Checks one or more digits; gives the position behind them.</summary>
        private int ScanDigits(byte[] data, int i)
        {
            int from = i;
            while ((uint)(data[i] - '0') <= 9)
            {
                i++;
            }

            return i > from ? i : Fail(JsonError.InvalidNumber, i);
        }
    }
}
