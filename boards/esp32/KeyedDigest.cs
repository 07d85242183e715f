using System.Security.Cryptography;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>HMAC-SHA256 of the runtime: native code, on chips that have it by their accelerator.</summary>
    public sealed class KeyedDigest : IKeyedDigest
    {
        /// <inheritdoc/>
        public byte[] HmacSha256(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);
    }
}
