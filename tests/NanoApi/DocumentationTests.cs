using System.Text.RegularExpressions;

namespace NanoApi
{
    /// <summary>The README is one page, and links lead somewhere. <c>.ci/try-docs</c> runs the commands.</summary>
    [TestClass]
    public partial class DocumentationTests
    {
        private const int FrontDoorBytes = 8 * 1024;
        private const int LinesWithoutContents = 80;
        private const int LinesOfScreen = 40;

        public static IEnumerable<string> Pages => Repository.Files(".md").Select(Repository.Relative);

        [TestMethod]
        public void Readme_is_one_page() => Assert.IsLessThanOrEqualTo(FrontDoorBytes, new FileInfo(Path.Combine(Repository.Root, "README.md")).Length);

        [TestMethod]
        [DynamicData(nameof(Pages))]
        public void Links_lead_to_a_file_and_a_heading(string page) => Report.Expect(BrokenLinks(page));

        [TestMethod]
        public void Long_pages_of_the_documentation_have_a_table_of_contents() => Report.Expect(
            from page in Pages
            where page.StartsWith("firmware/docs/", StringComparison.Ordinal)
            let lines = File.ReadAllLines(Path.Combine(Repository.Root, page))
            where lines.Length > LinesWithoutContents && !lines.Any(line => line.StartsWith("1. [", StringComparison.Ordinal))
            select $"{page}: {lines.Length} lines without a table of contents");

        [TestMethod]
        public void Each_scenario_has_a_page_of_one_screen_that_the_simulator_lists()
        {
            string folder = Path.Combine(Repository.Root, "boards", "native-sim");
            string list = File.ReadAllText(Path.Combine(folder, "README.md"));
            Report.Expect(
                from path in Directory.GetFiles(Path.Combine(folder, "scenarios"), "*.json")
                let name = Path.GetFileNameWithoutExtension(path)
                let page = Path.ChangeExtension(path, ".md")
                where !File.Exists(page) || File.ReadAllLines(page).Length > LinesOfScreen || !File.ReadAllText(page).Contains($"--scenario {name}", StringComparison.Ordinal)
                    || !list.Contains($"](scenarios/{name}.md)", StringComparison.Ordinal)
                select $"{name}: no page of at most {LinesOfScreen} lines with its command, or not in the README");
        }

        private static IEnumerable<string> BrokenLinks(string page)
        {
            string path = Path.Combine(Repository.Root, page);
            string text = Fence().Replace(File.ReadAllText(path), string.Empty);
            foreach (Match link in Link().Matches(text))
            {
                string[] parts = link.Groups[1].Value.Split('#');
                string target = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, parts[0]));
                if (!File.Exists(target) && !Directory.Exists(target))
                {
                    yield return $"{page}: {link.Value}: no such file";
                }
                else if (parts.Length > 1 && !Anchors(target).Contains(parts[1]))
                {
                    yield return $"{page}: {link.Value}: no such heading";
                }
            }
        }

        // As GitHub makes them: lower case, letters, digits, - and _ stay, a space becomes -.
        private static IEnumerable<string> Anchors(string page) =>
            from line in Fence().Replace(File.ReadAllText(page), string.Empty).Split('\n')
            where line.StartsWith('#')
            let heading = line.TrimStart('#').Trim().ToLowerInvariant()
            select string.Concat(heading.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

        [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
        private static partial Regex Fence();

        [GeneratedRegex(@"\]\((?!https?:)([^)\s]+)\)")]
        private static partial Regex Link();
    }
}
