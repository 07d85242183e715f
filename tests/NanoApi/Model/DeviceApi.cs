namespace NanoApi.Model
{
    /// <summary>All assemblies that have facts.</summary>
    internal static class DeviceApi
    {
        private static readonly Lazy<IReadOnlyDictionary<string, ApiAssembly>> Loaded = new(Load);

        public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Facts");

        public static string PackagesFile { get; } = Path.Combine(Folder, "packages.txt");

        public static IReadOnlyDictionary<string, ApiAssembly> Assemblies => Loaded.Value;

        public static IReadOnlyDictionary<string, ApiType> TypesByName { get; } =
            Assemblies.Values.SelectMany(assembly => assembly.Types).ToDictionary(type => type.FullName);

        public static bool IsInterface(string name) => TypesByName.TryGetValue(name, out ApiType? type) && type.Kind == "interface";

        private static Dictionary<string, ApiAssembly> Load() => Directory
            .EnumerateFiles(Folder, "*.txt")
            .Where(path => path != PackagesFile)
            .Select(path => FactsReader.Read(File.ReadLines(path)))
            .ToDictionary(assembly => assembly.Name);
    }
}
