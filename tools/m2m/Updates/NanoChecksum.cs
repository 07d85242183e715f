namespace M2m.Updates;

/// <summary>The runtime's CRC-32: polynomial 0x04C11DB7, not reflected, from 0, not inverted (nf-interpreter, SUPPORT_ComputeCRC).</summary>
internal static class NanoChecksum
{
    private const uint Polynomial = 0x04C11DB7;
    private const uint HighBit = 0x80000000;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => OfByte((uint)value << 24))];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        foreach (byte value in bytes)
        {
            crc = Table[(crc >> 24) ^ value] ^ (crc << 8);
        }

        return crc;
    }

    private static uint OfByte(uint crc)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc & HighBit) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
        }

        return crc;
    }
}
