using System.Xml.Linq;

namespace NanoApi.Layering
{
    /// <summary>Every source of the tree, with the project that it belongs to.</summary>
    internal static class SourceTree
    {
        /// <summary>Project folders, from the root.</summary>
        public static IEnumerable<string> Folders => RootNamespaces().Keys.Except(Layers.NamedByVendor).Order(StringComparer.Ordinal);

        public static IEnumerable<string> Problems(string folder)
        {
            Dictionary<string, string> projects = RootNamespaces();
            return from path in Repository.FilesUnder(Path.Combine(Repository.Root, folder), ".cs")
                   let source = new SourceFile(Repository.Relative(path), File.ReadAllText(path))
                   where Owner(source.Path, projects.Keys) == folder
                   from problem in source.Problems(folder, projects[folder])
                   select problem;
        }

        private static string? Owner(string path, IEnumerable<string> folders) =>
            folders.Where(folder => path.StartsWith(folder + "/", StringComparison.Ordinal)).MaxBy(folder => folder.Length);

        private static Dictionary<string, string> RootNamespaces() =>
            (from path in Repository.Files(".nfproj").Concat(Repository.Files(".csproj"))
             let name = XDocument.Load(path).Descendants().FirstOrDefault(element => element.Name.LocalName == "RootNamespace")?.Value
             group name ?? Path.GetFileNameWithoutExtension(path) by Repository.Relative(Path.GetDirectoryName(path)!))
            .ToDictionary(group => group.Key, group => group.First());
    }
}
