namespace Boards.Loader
{
    /// <summary>
    /// The header of a bundle: an image's entry type, and its assemblies in load order. Nothing in it is believed: lengths
    /// must add up to the file's.
    /// </summary>
    public sealed class BundleIndex
    {
        /// <summary>Most assemblies in a bundle.</summary>
        public const int MaxAssemblies = 16;

        /// <summary>Longest name of an entry type, with its namespace.</summary>
        public const int MaxEntryName = 96;

        /// <summary>Longest name of an assembly.</summary>
        public const int MaxName = 64;

        /// <summary>Longest header, in bytes.</summary>
        public const int MaxHeader = FixedPart + MaxEntryName + (MaxAssemblies * (AssemblyPart + MaxName));

        private const long Magic = 0x424D324D; // "M2MB"
        private const int Format = 1;
        private const int FixedPart = 7;
        private const int AssemblyPart = 13;

        private readonly BundledAssembly[] _assemblies;

        private BundleIndex(string entryType, BundledAssembly[] assemblies)
        {
            EntryType = entryType;
            _assemblies = assemblies;
        }

        /// <summary>Full name of the public static class whose Run is the program, e.g. "Boards.Esp32DevKitC.Application".</summary>
        public string EntryType { get; }

        /// <summary>Number of assemblies, from 1.</summary>
        public int Count => _assemblies.Length;

        /// <summary>Reads the header of a file.</summary>
        /// <param name="files">Where it is.</param>
        /// <param name="name">Its name.</param>
        /// <returns>Null when there is no such file, or it is not a whole bundle.</returns>
        public static BundleIndex Read(SlotFiles files, string name)
        {
            int length = files.LengthOf(name);
            return length < 0 ? null : Parse(files.ReadPart(name, 0, length < MaxHeader ? length : MaxHeader), length);
        }

        /// <summary>Reads a header.</summary>
        /// <param name="header">The first bytes of the file: all, or at least <see cref="MaxHeader"/>; null is allowed.</param>
        /// <param name="fileLength">Length of the whole file.</param>
        /// <returns>Null when it is not the header of a bundle of that length.</returns>
        public static BundleIndex Parse(byte[] header, int fileLength)
        {
            if (header == null || header.Length < FixedPart || header.Length > fileLength
                || Bytes.Get(header, 0, 4) != Magic || header[4] != Format)
            {
                return null;
            }

            int count = header[5];
            string entry = Name(header, FixedPart, header[6], MaxEntryName);
            if (count == 0 || count > MaxAssemblies || entry == null)
            {
                return null;
            }

            BundledAssembly[] assemblies = Assemblies(header, FixedPart + entry.Length, count, fileLength);
            return assemblies == null ? null : new BundleIndex(entry, assemblies);
        }

        /// <summary>An assembly, in load order.</summary>
        /// <param name="index">Which one, from 0.</param>
        /// <returns>The assembly.</returns>
        public BundledAssembly this[int index] => _assemblies[index];

        private static BundledAssembly[] Assemblies(byte[] header, int at, int count, int fileLength)
        {
            // The bytes of the first one begin where the header ends.
            long offset = End(header, at, count);
            BundledAssembly[] assemblies = new BundledAssembly[count];
            for (int i = 0; i < count; i++)
            {
                if (offset < 0)
                {
                    return null;
                }

                long length = Bytes.Get(header, at, 4);
                string name = Name(header, at + AssemblyPart, header[at + AssemblyPart - 1], MaxName);
                if (length == 0 || length > fileLength - offset || name == null)
                {
                    return null;
                }

                assemblies[i] = new BundledAssembly(name, Version(header, at + 4), (int)offset, (int)length);
                offset += length;
                at += AssemblyPart + name.Length;
            }

            return offset == fileLength ? assemblies : null;
        }

        /// <returns>Where the header ends; -1 when that is beyond what there is.</returns>
        private static int End(byte[] header, int at, int count)
        {
            for (int i = 0; i < count; i++)
            {
                at += AssemblyPart;
                if (at > header.Length)
                {
                    return -1;
                }

                at += header[at - 1];
            }

            return at > header.Length ? -1 : at;
        }

        private static string Name(byte[] header, int at, int length, int limit) =>
            length == 0 || length > limit || at + length > header.Length ? null : Bytes.GetText(header, at, length);

        private static string Version(byte[] header, int at) =>
            Bytes.Get(header, at, 2).ToString() + "." + Bytes.Get(header, at + 2, 2).ToString() + "."
            + Bytes.Get(header, at + 4, 2).ToString() + "." + Bytes.Get(header, at + 6, 2).ToString();
    }
}
