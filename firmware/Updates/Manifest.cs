using System.Text;
using Firmware.Platform;

namespace Firmware.Updates
{
    /// <summary>Describes a release, signed by its author. Every value is within its limits.</summary>
    public sealed class Manifest
    {
        /// <summary>Bytes of each block but the last.</summary>
        public const int BlockSize = 4096;

        /// <summary>Maximum bytes of an image.</summary>
        public const int MaxSize = 294912;

        /// <summary>Bytes of a digest.</summary>
        public const int DigestLength = 32;

        private const int MaxLoader = 255;
        private const string DigestKey = "m2m firmware block 1";

        /// <summary>Which firmware it is: "m2m" is ours.</summary>
        public readonly string Product;

        /// <summary>The board that it is for.</summary>
        public readonly string Board;

        /// <summary>Version of the image.</summary>
        public readonly ReleaseVersion Version;

        /// <summary>The least version of the loader's contract, from 1.</summary>
        public readonly int Loader;

        /// <summary>The least version of the runtime.</summary>
        public readonly ReleaseVersion Runtime;

        /// <summary>Bytes of the image.</summary>
        public readonly int Size;

        /// <summary>
        /// Digests of the blocks, one after another: HMAC-SHA256 under a public key, because the runtime has that natively. It
        /// is as hard to find another block with the same digest as it is for SHA-256.
        /// </summary>
        public readonly byte[] Digests;

        /// <summary>Whether it may replace a newer version.</summary>
        public readonly bool AllowDowngrade;

        /// <summary>Takes the members from a text; the reader keeps the first fault.</summary>
        internal Manifest(ManifestReader reader)
        {
            Product = reader.Text("product");
            Board = reader.Name("board");
            Version = reader.Version("version");
            Loader = reader.Number("loader", 1, MaxLoader);
            Runtime = reader.Runtime("runtime");
            Size = reader.Number("size", 1, MaxSize);
            reader.Number("blockSize", BlockSize, BlockSize);
            Digests = reader.Digests("digests", BlockCount);
            reader.Notes("notes");
            AllowDowngrade = reader.Flag("allowDowngrade");
        }

        /// <summary>Blocks of the image.</summary>
        public int BlockCount => (Size + BlockSize - 1) / BlockSize;

        /// <summary>Length of a block.</summary>
        /// <param name="block">Its number, from 0.</param>
        /// <returns>Bytes; 0 for a number outside the image.</returns>
        public int LengthOf(int block)
        {
            int last = BlockCount - 1;
            return block < 0 || block > last ? 0 : block < last ? BlockSize : Size - (last * BlockSize);
        }

        /// <summary>Whether a block is the one that the manifest describes.</summary>
        /// <param name="digest">HMAC-SHA256.</param>
        /// <param name="number">Number of the block, from 0.</param>
        /// <param name="block">Its bytes.</param>
        /// <returns>False also for a wrong length and a number outside the image.</returns>
        public bool Matches(IKeyedDigest digest, int number, byte[] block)
        {
            if (block == null || block.Length == 0 || block.Length != LengthOf(number))
            {
                return false;
            }

            byte[] expected = Digests;
            byte[] actual = digest.HmacSha256(Encoding.UTF8.GetBytes(DigestKey), block);
            int at = number * DigestLength;
            for (int i = 0; i < DigestLength; i++)
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
