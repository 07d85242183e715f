using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>The firmware's own HMAC, which takes a device a third of a second for a block: how often it is asked counts.</summary>
    public sealed class CountingDigest : IKeyedDigest
    {
        private readonly IKeyedDigest _digest = new Firmware.Updates.ManagedDigest();

        public int Calls { get; private set; }

        public byte[] HmacSha256(byte[] key, byte[] data)
        {
            Calls++;
            return _digest.HmacSha256(key, data);
        }
    }
}
