using System.Text.RegularExpressions;

namespace NanoApi
{
    /// <summary>The README is one page, and links lead somewhere. <c>.ci/try-docs</c> runs the commands.</summary>
    [TestClass]
    public partial class DocumentationTests
    {
        private const int FrontDoorBytes = 8 * 1024;
        private const int LinesWithoutContents = 80;

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
