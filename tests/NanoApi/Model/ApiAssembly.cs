namespace NanoApi.Model
{
    /// <summary>An assembly's public face.</summary>
    internal sealed record ApiAssembly(string Name, Version Version, IReadOnlyList<string> References, IReadOnlyList<ApiType> Types)
    {
        public string Header => $"# {Name} {Version} references {string.Join(", ", References)}".TrimEnd();
    }
}
