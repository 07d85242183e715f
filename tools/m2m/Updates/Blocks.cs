using System.Security.Cryptography;

namespace M2m.Updates;

internal static class Blocks
{
    /// <summary>The last block may be shorter.</summary>
    public const int Size = 4096;

    public const int DigestSize = HMACSHA256.HashSizeInBytes;

    public const int Most = (Bundle.MaxSize + Size - 1) / Size;

    public static ReadOnlySpan<byte> Key => "m2m firmware block 1"u8;

    public static int Count(int size) => (size + Size - 1) / Size;

    public static ReadOnlyMemory<byte> At(ReadOnlyMemory<byte> bundle, int number) =>
        bundle.Slice(number * Size, Math.Min(Size, bundle.Length - (number * Size)));

    public static byte[] Digests(byte[] bundle)
    {
        byte[] digests = new byte[Count(bundle.Length) * DigestSize];
        for (int block = 0; block < Count(bundle.Length); block++)
        {
            HMACSHA256.HashData(Key, At(bundle, block).Span, digests.AsSpan(block * DigestSize));
        }

        return digests;
    }
}
