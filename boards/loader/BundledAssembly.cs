namespace Boards.Loader
{
    /// <summary>An assembly in a bundle.</summary>
    public sealed class BundledAssembly
    {
        internal BundledAssembly(string name, string version, int offset, int length)
        {
            Name = name;
            Version = version;
            Offset = offset;
            Length = length;
        }

        /// <summary>Its simple name.</summary>
        public string Name { get; }

        /// <summary>Its version, "major.minor.build.revision".</summary>
        public string Version { get; }

        /// <summary>Where its bytes begin in the bundle.</summary>
        public int Offset { get; }

        /// <summary>How many bytes.</summary>
        public int Length { get; }
    }
}
