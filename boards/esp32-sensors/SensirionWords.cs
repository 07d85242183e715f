namespace Boards.Esp32
{
    /// <summary>Words of a Sensirion sensor: two bytes, the high one first, then their CRC-8 (x^8 + x^5 + x^4 + 1 from 0xFF).</summary>
    internal static class SensirionWords
    {
        /// <summary>Bytes of a word on the bus.</summary>
        internal const int Size = 3;

        private const int Polynomial = 0x31;

        /// <summary>Whether the CRC of each word is right. Neither all zeros nor all ones have it.</summary>
        internal static bool AreRight(byte[] bytes, int words)
        {
            for (int at = 0; at < words * Size; at += Size)
            {
                int crc = 0xFF ^ bytes[at];
                crc = Shift(Shift(crc) ^ bytes[at + 1]);
                if (crc != bytes[at + 2])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>The word at a position.</summary>
        internal static int At(byte[] bytes, int word) => (bytes[word * Size] << 8) | bytes[(word * Size) + 1];

        /// <summary>A number of which a word is the part of 65535, rounded.</summary>
        internal static int Part(int word, int whole) => (int)((((long)word * whole) + 32767) / 65535);

        private static int Shift(int crc)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80) != 0 ? ((crc << 1) ^ Polynomial) & 0xFF : crc << 1;
            }

            return crc;
        }
    }
}
