namespace Firmware.Telemetry
{
    /// <summary>CRC-32 (ISO-HDLC, as in Ethernet and zip), four bits at a time: a table of 64 bytes is enough.</summary>
    internal static class Crc32
    {
        private static readonly uint[] Table = CreateTable();

        internal static uint Of(byte[] data, int offset, int count) => Add(0, data, offset, count);

        /// <summary>Goes on after data with the CRC <paramref name="crc"/>; 0 for none.</summary>
        internal static uint Add(uint crc, byte[] data, int offset, int count)
        {
            uint[] table = Table;
            crc = ~crc;
            for (int end = offset + count; offset < end; offset++)
            {
                crc ^= data[offset];
                crc = (crc >> 4) ^ table[crc & 15];
                crc = (crc >> 4) ^ table[crc & 15];
            }

            return ~crc;
        }

        // The polynomial in reverse; the entry of a sum is the sum of the entries.
        private static uint[] CreateTable()
        {
            uint[] table = new uint[16];
            uint entry = 0xEDB88320;
            for (int bit = 8; bit > 0; bit >>= 1)
            {
                for (int i = 0; i < 16; i++)
                {
                    table[i] ^= (i & bit) != 0 ? entry : 0;
                }

                entry = (entry & 1) != 0 ? (entry >> 1) ^ 0xEDB88320 : entry >> 1;
            }

            return table;
        }
    }
}
