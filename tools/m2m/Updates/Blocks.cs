using System.Security.Cryptography;

namespace M2m.Updates;

/// <summary>The blocks that a bundle is sent in, and their digests.</summary>
internal static class Blocks
{
    /// <summary>Bytes of a block; the last one may be shorter.</summary>
    public const int Size = 4096;

    /// <summary>Bytes of a digest.</summary>
    public const int DigestSize = HMACSHA256.HashSizeInBytes;

    /// <summary>How many blocks the largest bundle has.</summary>
    public const int Most = (Bundle.MaxSize + Size - 1) / Size;

    /// <summary>Everyone knows this key: HMAC-SHA256 stands in for SHA-256, because a device has it natively.</summary>
    public static ReadOnlySpan<byte> Key => "m2m firmware block 1"u8;

    /// <summary>How many blocks so many bytes take.</summary>
    /// <param name="size">Bytes of the bundle.</param>
    /// <returns>The number.</returns>
    public static int Count(int size) => (size + Size - 1) / Size;

    /// <summary>A block of a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="number">Its number, from 0.</param>
    /// <returns>Its bytes.</returns>
    public static ReadOnlyMemory<byte> At(ReadOnlyMemory<byte> bundle, int number) =>
        bundle.Slice(number * Size, Math.Min(Size, bundle.Length - (number * Size)));

    /// <summary>The digests of all blocks, one after another.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <returns>32 bytes a block.</returns>
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
