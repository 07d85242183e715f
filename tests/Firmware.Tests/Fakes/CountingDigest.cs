using Firmware.Cryptography;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>The firmware's own HMAC, which takes a device a third of a second for a block: it counts the calls.</summary>
    public sealed class CountingDigest : IKeyedDigest
    {
        private readonly Sha256 _digest = new Sha256();

        public int Calls { get; private set; }

        public byte[] HmacSha256(byte[] key, byte[] data)
        {
            Calls++;
            return _digest.HmacSha256(key, data);
        }
    }
}
