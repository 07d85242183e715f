using System.Text.RegularExpressions;

namespace NanoApi.Packaging
{
    /// <summary>What Firmware.sln must say about each project of the tree.</summary>
    internal static partial class SolutionRules
    {
        private const string DeviceProjectType = "{11A8DD76-328B-46DF-9F39-F559912D0360}";

        /// <param name="solution">The text of Firmware.sln.</param>
        /// <param name="projects">Paths from the root; of a device project also its guid, and whether it is the program.</param>
        public static IEnumerable<string> Problems(string solution, IEnumerable<(string Path, string? Guid, bool IsExecutable)> projects)
        {
            Dictionary<string, Match> entries = ProjectLine().Matches(solution).ToDictionary(match => match.Groups["path"].Value.Replace('\\', '/'));
            foreach ((string path, string? guid, bool isExecutable) in projects)
            {
                if (!entries.Remove(path, out Match? entry))
                {
                    yield return $"{path}: not in Firmware.sln";
                    continue;
                }

                if (guid != null)
                {
                    foreach (string problem in DeviceProblems(solution, entry, guid, isExecutable))
                    {
                        yield return $"{path}: {problem}";
                    }
                }
            }

            foreach (string path in entries.Where(entry => entry.Key.EndsWith("proj", StringComparison.Ordinal)).Select(entry => entry.Key))
            {
                yield return $"{path}: in Firmware.sln, but not in the tree";
            }
        }

        private static IEnumerable<string> DeviceProblems(string solution, Match entry, string guid, bool isExecutable)
        {
            if (entry.Groups["type"].Value != DeviceProjectType)
            {
                yield return $"its project type is not {DeviceProjectType}";
            }

            if (!entry.Groups["guid"].Value.Equals(guid, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"its guid in Firmware.sln is not its ProjectGuid {guid}";
            }

            foreach (string line in new[] { "ActiveCfg", "Build.0", "Deploy.0" })
            {
                int wanted = line == "Deploy.0" && !isExecutable ? 0 : 2;
                int found = Regex.Count(solution, Regex.Escape(entry.Groups["guid"].Value) + @"\.(Debug|Release)\|Any CPU\." + Regex.Escape(line) + " = ");
                if (found != wanted)
                {
                    yield return $"{found} {line} lines in Firmware.sln, {wanted} expected";
                }
            }
        }

        [GeneratedRegex("""Project\("(?<type>\{[^}]+\})"\) = "[^"]+", "(?<path>[^"]+)", "(?<guid>\{[^}]+\})"\r?\nEndProject""")]
        private static partial Regex ProjectLine();
    }
}
