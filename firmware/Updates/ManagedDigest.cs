using System;
using Firmware.Platform;

namespace Firmware.Updates
{
    /// <summary>
    /// HMAC-SHA256 (RFC 2104) in managed code, for runtimes that do not have it: a block of 4 KB takes about 26 million host
    /// instructions, 0.2 to 0.4 s on an ESP32.
    /// </summary>
    public sealed class ManagedDigest : IKeyedDigest
    {
        private const int BlockLength = 64;
        private const byte InnerPad = 0x36;
        private const byte OuterPad = 0x5C;

        /// <inheritdoc/>
        public byte[] HmacSha256(byte[] key, byte[] data)
        {
            if (key.Length > BlockLength)
            {
                key = Sha256.Hash(key, 0, key.Length);
            }

            return Hash(key, OuterPad, Hash(key, InnerPad, data));
        }

        private static byte[] Hash(byte[] key, byte pad, byte[] data)
        {
            byte[] text = new byte[BlockLength + data.Length];
            for (int i = 0; i < BlockLength; i++)
            {
                text[i] = (byte)((i < key.Length ? key[i] : 0) ^ pad);
            }

            Array.Copy(data, 0, text, BlockLength, data.Length);
            return Sha256.Hash(text, 0, text.Length);
        }
    }
}
