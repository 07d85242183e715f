namespace NanoApi
{
    /// <summary>The working tree that the tests check.</summary>
    internal static class Repository
    {
        private static readonly string[] NotSources = ["bin", "obj", "packages", ".git", ".vs", "TestResults", "node_modules"];

        /// <summary>The folder with Firmware.sln.</summary>
        public static string Root { get; } = FindRoot();

        /// <summary>"Debug" or "Release": what this assembly, and so its neighbours, were built as.</summary>
        public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

        /// <summary>Full paths of the files with this extension, build output left out.</summary>
        public static IReadOnlyList<string> Files(string extension) => FilesUnder(Root, extension);

        public static IReadOnlyList<string> FilesUnder(string folder, string extension)
        {
            var found = new List<string>(Directory.EnumerateFiles(folder, "*" + extension));
            foreach (string child in Directory.EnumerateDirectories(folder))
            {
                if (!NotSources.Contains(Path.GetFileName(child)))
                {
                    found.AddRange(FilesUnder(child, extension));
                }
            }

            found.Sort(StringComparer.Ordinal);
            return found;
        }

        /// <summary>A path as messages show it: from the root, with forward slashes.</summary>
        public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

        private static string FindRoot()
        {
            for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Firmware.sln")))
                {
                    return folder.FullName;
                }
            }

            throw new DirectoryNotFoundException("no Firmware.sln above " + AppContext.BaseDirectory);
        }
    }
}
