using System;
using Firmware.Cryptography;
using Firmware.Platform;

namespace Firmware.Updates
{
    /// <summary>
    /// RSASSA-PKCS1-v1_5-VERIFY with SHA-256 (RFC 8017, section 8.2.2) for keys of 2048 and 3072 bits. Nothing is parsed:
    /// the one valid encoding of the hash is built and compared with the whole content of the signature.
    /// </summary>
    public static class RsaSignature
    {
        private const int Short = 256;
        private const int Long = 384;
        private const int LeastExponent = 3;

        // DER of the DigestInfo up to the hash (RFC 8017, section 9.2, note 1), in Base64: an array would stay in RAM.
        private const string DigestInfo = "MDEwDQYJYIZIAWUDBAIBBQAEIA==";

        /// <summary>Verifies a signature. Never throws.</summary>
        /// <param name="key">Public key of the signer.</param>
        /// <param name="message">The signed message.</param>
        /// <param name="signature">As long as the modulus.</param>
        /// <returns>True for a valid signature; false also for an unusable key.</returns>
        public static bool Verify(RsaKey key, byte[] message, byte[] signature) =>
            message != null && Fits(key, signature) && VerifyHash(key, Sha256.Hash(message, 0, message.Length), signature);

        /// <summary>Whether the length is one of the two that exist: 256 or 384 bytes.</summary>
        internal static bool HasLength(byte[] signature) =>
            signature != null && (signature.Length == Short || signature.Length == Long);

        /// <summary>Whether the key is usable and the signature below its modulus. This costs very little.</summary>
        internal static bool Fits(RsaKey key, byte[] signature)
        {
            byte[] modulus = key?.Modulus;
            if (!HasLength(modulus) || signature == null || signature.Length != modulus.Length)
            {
                return false;
            }

            int last = modulus.Length - 1;
            if (modulus[0] < 0x80 || (modulus[last] & 1) == 0 || key.Exponent < LeastExponent || (key.Exponent & 1) == 0)
            {
                return false;
            }

            int i = 0;
            while (i < last && signature[i] == modulus[i])
            {
                i++;
            }

            return signature[i] < modulus[i];
        }

        /// <summary>Verifies a signature that <see cref="Fits"/>. Zero needs no rule: its powers are zero.</summary>
        internal static bool VerifyHash(RsaKey key, byte[] hash, byte[] signature)
        {
            int length = signature.Length;
            byte[] encoded = new byte[length];
            byte[] info = Convert.FromBase64String(DigestInfo);
            int at = length - Sha256.Length - info.Length;
            encoded[1] = 1;
            for (int i = 2; i < at - 1; i++)
            {
                encoded[i] = 0xFF;
            }

            Array.Copy(info, 0, encoded, at, info.Length);
            Array.Copy(hash, 0, encoded, length - Sha256.Length, Sha256.Length);
            long[] expected = ModularExponentiation.Limbs(encoded);
            long[] power = ModularExponentiation.Raise(ModularExponentiation.Limbs(signature), key.Exponent, ModularExponentiation.Limbs(key.Modulus), length * 8);
            for (int i = 0; i < expected.Length; i++)
            {
                if (power[i] != expected[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
