namespace Boards.Loader
{
    /// <summary>Numbers and ASCII text in binary files, little endian.</summary>
    internal static class Bytes
    {
        private const uint Polynomial = 0xEDB88320;

        internal static long Get(byte[] buffer, int offset, int count)
        {
            long value = 0;
            for (int i = count - 1; i >= 0; i--)
            {
                value = (value << 8) | buffer[offset + i];
            }

            return value;
        }

        internal static void Put(byte[] buffer, int offset, int count, long value)
        {
            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = (byte)(value >> (8 * i));
            }
        }

        /// <summary>Printable ASCII; null when there is anything else.</summary>
        internal static string GetText(byte[] buffer, int offset, int count)
        {
            char[] text = new char[count];
            for (int i = 0; i < count; i++)
            {
                byte value = buffer[offset + i];
                if (value < 0x20 || value > 0x7E)
                {
                    return null;
                }

                text[i] = (char)value;
            }

            return new string(text);
        }

        /// <summary>What is not printable ASCII becomes a question mark.</summary>
        /// <returns>How many bytes: what goes beyond <paramref name="limit"/> is cut off.</returns>
        internal static int PutText(byte[] buffer, int offset, int limit, string text)
        {
            char[] letters = text.ToCharArray();
            int count = letters.Length < limit ? letters.Length : limit;
            for (int i = 0; i < count; i++)
            {
                char letter = letters[i];
                buffer[offset + i] = letter < 0x20 || letter > 0x7E ? (byte)'?' : (byte)letter;
            }

            return count;
        }

        /// <summary>CRC-32 as in IEEE 802.3. Without a table: it is for a hundred bytes at a start.</summary>
        internal static uint Crc32(byte[] buffer, int count)
        {
            uint crc = 0xFFFFFFFF;
            for (int i = 0; i < count; i++)
            {
                crc ^= buffer[i];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
                }
            }

            return ~crc;
        }
    }
}
