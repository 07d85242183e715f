using NanoApi.Building;

namespace NanoApi.Packaging
{
    /// <summary>packages.config and the HintPaths beside it say the same, and what was published.</summary>
    internal static class PackageRules
    {
        /// <param name="references">The project's Reference items.</param>
        /// <param name="packages">The packages.config beside it.</param>
        /// <param name="depth">How many folders the project lies under the root, where Visual Studio restores.</param>
        public static IEnumerable<string> Problems(IReadOnlyList<NfReference> references, IReadOnlyList<Package> packages, int depth)
        {
            var used = new HashSet<string>();
            foreach (NfReference reference in references)
            {
                Package? package = packages.FirstOrDefault(package => reference.HintPath == HintPath(package, reference.Name, depth));
                if (package == null)
                {
                    string example = HintPath(new Package("<id>", "<version>"), reference.Name, depth);
                    yield return $"{reference.Name}: HintPath {reference.HintPath} is not {example} of a package in packages.config";
                }
                else
                {
                    used.Add(package.Id);
                    if (PackageLists.Published.TryGetValue(package.Id, out Package? published) && !published.Assemblies.Contains(reference.Name))
                    {
                        yield return $"{reference.Name}: {package.Id} has no such assembly";
                    }
                }
            }

            foreach (Package package in packages)
            {
                foreach (string problem in Problems(package, used))
                {
                    yield return $"{package.Id} {package.Version}: {problem}";
                }
            }

            foreach (string twice in packages.GroupBy(package => package.Id).Where(group => group.Count() > 1).Select(group => group.Key))
            {
                yield return $"{twice}: listed more than once";
            }
        }

        /// <summary>One version of a package in the whole tree: two would not be deployed side by side.</summary>
        public static IEnumerable<string> Differences(IEnumerable<(string Config, Package Package)> all) =>
            from entry in all
            group entry by entry.Package.Id into sameId
            where sameId.Select(entry => entry.Package.Version).Distinct().Count() > 1
            select $"{sameId.Key}: {string.Join(", ", sameId.Select(entry => $"{entry.Package.Version} in {entry.Config}"))}";

        private static IEnumerable<string> Problems(Package package, HashSet<string> used)
        {
            if (package.TargetFramework != "netnano1.0")
            {
                yield return $"targetFramework {package.TargetFramework} is not netnano1.0";
            }

            if (!used.Contains(package.Id))
            {
                yield return "no HintPath uses it";
            }

            if (!PackageLists.Published.TryGetValue(package.Id, out Package? published))
            {
                yield return "not in Facts/packages.txt";
            }
            else if (published.Version != package.Version)
            {
                yield return $"Facts/packages.txt says {published.Version}";
            }
        }

        private static string HintPath(Package package, string assembly, int depth)
        {
            string up = string.Concat(Enumerable.Repeat(@"..\", depth));
            string extension = assembly == DeviceBuild.TestLauncher ? "exe" : "dll";
            return $@"{up}packages\{package.Id}.{package.Version}\lib\{assembly}.{extension}";
        }
    }
}
