namespace Firmware.Platform
{
    /// <summary>A public key for RSA signatures (RFC 8017 section 3.1). Whether it is of use is judged where it is used.</summary>
    public sealed class RsaKey
    {
        /// <summary>Creates a key.</summary>
        /// <param name="modulus">The modulus, big-endian, without leading zeros: 256 or 384 bytes.</param>
        /// <param name="exponent">The public exponent, e.g. 65537.</param>
        public RsaKey(byte[] modulus, int exponent)
        {
            Modulus = modulus;
            Exponent = exponent;
        }

        /// <summary>The modulus, big-endian.</summary>
        public readonly byte[] Modulus;

        /// <summary>The public exponent.</summary>
        public readonly int Exponent;
    }
}
