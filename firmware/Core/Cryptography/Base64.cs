namespace Firmware.Cryptography
{
    /// <summary>Strict Base 64 (RFC 4648, section 4): padded, only the alphabet, one text for the same bytes.</summary>
    public static class Base64
    {
        /// <summary>Decodes a text.</summary>
        /// <param name="text">All of it, as ASCII.</param>
        /// <returns>The bytes, or null when the text is not what an encoder writes.</returns>
        public static byte[] Decode(byte[] text)
        {
            int length = text.Length;
            if ((length & 3) != 0)
            {
                return null;
            }

            int end = length;
            while (end > 0 && length - end < 2 && text[end - 1] == '=')
            {
                end--;
            }

            byte[] data = new byte[length / 4 * 3 - (length - end)];
            int group = 0;
            int bits = 0;
            int n = 0;
            for (int i = 0; i < end; i++)
            {
                int digit = Digit(text[i]);
                if (digit < 0)
                {
                    return null;
                }

                group = group << 6 | digit;
                bits += 6;
                if (bits >= 8)
                {
                    bits -= 8;
                    data[n++] = (byte)(group >> bits);
                }
            }

            // The remaining bits are zeros, so that no two texts have the same bytes.
            return (group & ((1 << bits) - 1)) == 0 ? data : null;
        }

        /// <summary>The value of a character.</summary>
        /// <param name="c">The character.</param>
        /// <returns>0 to 63; -1 for one that is not in the alphabet.</returns>
        public static int Digit(int c) =>
            c >= 'a' ? (c <= 'z' ? c - 'a' + 26 : -1)
            : c >= 'A' ? (c <= 'Z' ? c - 'A' : -1)
            : c >= '0' ? (c <= '9' ? c - '0' + 52 : -1)
            : c == '+' ? 62
            : c == '/' ? 63
            : -1;
    }
}
