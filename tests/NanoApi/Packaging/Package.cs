namespace NanoApi.Packaging
{
    /// <summary>A line of packages.config, or of Facts/packages.txt, which also tells the package's assemblies.</summary>
    internal sealed record Package(string Id, string Version)
    {
        public string TargetFramework { get; init; } = "netnano1.0";

        public IReadOnlyList<string> Assemblies { get; init; } = [];
    }
}
