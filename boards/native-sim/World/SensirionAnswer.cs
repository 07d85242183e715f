namespace Boards.NativeSim.World;

/// <summary>What a Sensirion sensor answers: words, the high byte first, each with the CRC of its datasheet.</summary>
internal static class SensirionAnswer
{
    // x^8 + x^5 + x^4 + 1.
    private const int Polynomial = 0x131;

    public static byte[] Of(bool isWrong, params ReadOnlySpan<int> words)
    {
        byte[] bytes = new byte[3 * words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            bytes[3 * i] = (byte)(words[i] >> 8);
            bytes[(3 * i) + 1] = (byte)words[i];
            bytes[(3 * i) + 2] = (byte)(Crc((ushort)words[i]) ^ (isWrong ? 1 : 0));
        }

        return bytes;
    }

    /// <summary>The word whose part of 65535 a number is.</summary>
    public static int Word(double part) => (int)Math.Clamp(Math.Round(part * 65535), 0, 65535);

    // The remainder of a division; a start value of all ones complements the first byte.
    private static int Crc(ushort word)
    {
        int rest = (word ^ 0xFF00) << 8;
        for (int bit = 23; bit >= 8; bit--)
        {
            rest ^= (rest >> bit & 1) * (Polynomial << (bit - 8));
        }

        return rest;
    }
}
