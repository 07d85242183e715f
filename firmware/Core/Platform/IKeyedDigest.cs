namespace Firmware.Platform
{
    /// <summary>HMAC with SHA-256 (RFC 2104), which the runtime has natively.</summary>
    public interface IKeyedDigest
    {
        /// <summary>Computes a digest.</summary>
        /// <param name="key">The key.</param>
        /// <param name="data">The bytes, all of them.</param>
        /// <returns>32 bytes.</returns>
        byte[] HmacSha256(byte[] key, byte[] data);
    }
}
