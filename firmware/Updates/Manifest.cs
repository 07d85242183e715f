namespace Firmware.Updates
{
    /// <summary>What a release is, as its author has signed it. Every value is within its limits.</summary>
    public sealed class Manifest
    {
        /// <summary>Bytes of every block of an image but the last.</summary>
        public const int BlockSize = 4096;

        /// <summary>The most bytes that an image may have.</summary>
        public const int MaxSize = 294912;

        private const int MaxLoader = 255;

        /// <summary>Takes the members from a text; the reader notes what is wrong.</summary>
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

        /// <summary>Which firmware it is: "m2m" is ours.</summary>
        public string Product { get; }

        /// <summary>The board that it is for.</summary>
        public string Board { get; }

        /// <summary>Its version.</summary>
        public ReleaseVersion Version { get; }

        /// <summary>Number of the loader's contract that it needs at least.</summary>
        public int Loader { get; }

        /// <summary>Version of the runtime that it needs at least.</summary>
        public ReleaseVersion Runtime { get; }

        /// <summary>Bytes of the image.</summary>
        public int Size { get; }

        /// <summary>The digests of all blocks one after another, see <see cref="BlockDigest"/>.</summary>
        public byte[] Digests { get; }

        /// <summary>Whether it may replace a newer version.</summary>
        public bool AllowDowngrade { get; }

        /// <summary>How many blocks the image has.</summary>
        public int BlockCount => (Size + BlockSize - 1) / BlockSize;

        /// <summary>The length of a block.</summary>
        /// <param name="block">Its number, from 0.</param>
        /// <returns>Bytes; 0 when there is no such block.</returns>
        public int LengthOf(int block)
        {
            int last = BlockCount - 1;
            return block < 0 || block > last ? 0 : block < last ? BlockSize : Size - last * BlockSize;
        }
    }
}
