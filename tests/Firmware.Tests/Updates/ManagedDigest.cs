using System;
using Firmware.Platform;
using Firmware.Updates;

namespace Firmware.Tests.Updates
{
    /// <summary>HMAC (RFC 2104) for keys of at most a block, by the hash of the firmware.</summary>
    internal sealed class ManagedDigest : IKeyedDigest
    {
        private const int Block = 64;

        public byte[] HmacSha256(byte[] key, byte[] data) => Outer(key, 0x5C, Outer(key, 0x36, data));

        private static byte[] Outer(byte[] key, byte pad, byte[] data)
        {
            byte[] text = new byte[Block + data.Length];
            for (int i = 0; i < Block; i++)
            {
                text[i] = (byte)(pad ^ (i < key.Length ? key[i] : 0));
            }

            Array.Copy(data, 0, text, Block, data.Length);
            return Sha256.Hash(text, 0, text.Length);
        }
    }
}
