using System.Text;
using Firmware.Platform;

namespace Firmware.Updates
{
    /// <summary>
    /// The digests of an image's blocks: HMAC-SHA256 under a key that everybody knows, because that runs natively. A
    /// digest is as hard to meet with other bytes as SHA-256 itself is.
    /// </summary>
    public static class BlockDigest
    {
        /// <summary>Bytes of a digest.</summary>
        public const int Length = 32;

        private const string Key = "m2m firmware block 1";

        /// <summary>Whether a block is the one that the manifest means.</summary>
        /// <param name="digest">HMAC-SHA256.</param>
        /// <param name="manifest">Describes the image.</param>
        /// <param name="number">The block's number, from 0.</param>
        /// <param name="block">Its bytes.</param>
        /// <returns>False for a wrong length and a number that there is not, too.</returns>
        public static bool Verify(IKeyedDigest digest, Manifest manifest, int number, byte[] block)
        {
            if (block == null || block.Length == 0 || block.Length != manifest.LengthOf(number))
            {
                return false;
            }

            byte[] expected = manifest.Digests;
            byte[] actual = digest.HmacSha256(Encoding.UTF8.GetBytes(Key), block);
            int at = number * Length;
            for (int i = 0; i < Length; i++)
            {
                if (actual[i] != expected[at + i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
