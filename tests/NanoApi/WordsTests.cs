using System.Text.RegularExpressions;

namespace NanoApi
{
    /// <summary>Plain technical English in sources, documentation and messages: the worst words, each with the one to use.</summary>
    [TestClass]
    public class WordsTests
    {
        // A word here is a regular expression. Names are matched with their case, so that "leaving" stays a word.
        private static readonly (string Word, string Use)[] Words =
        [
            ("[A-Za-z]*Told[A-Za-z]*|(un)?told", "published, reported, notified"),
            ("[Hh]ears?|[Hh]eard", "receives, received"),
            ("[Bb]efell|befall(s|en)?", "happened (events)"),
            ("(comes?|came|becomes?|became) of", "results from, happens to"),
            ("[Aa]new", "again"),
            ("[Ss]hall", "must"),
            ("[Gg]oodbye", "offline, DISCONNECT"),
            ("([Aa]ny|[Ss]ome)body", "any client, a person"),
            ("[Tt]hrift", "backoff"),
            ("[Aa]miss", "wrong"),
            ("for good", "permanently"),
            ("so-many-?th", "the N-th"),
            ("in vain", "without a value, without a response"),
            ("[Bb]y and by", "gradually"),
            ("be it", "also with"),
            ("[Ii]t is to", "must"),
            ("(is|are|was|were) to be", "must be, is"),
            ("[Ww]hoever", "a caller, a client, any"),
            ("[Ww]homever", "any client"),
            ("for ever", "permanently, without end"),
            ("anybody's", "by itself"),
            ("(came|comes?) to lie", "was stored"),
            ("has no end", "is not limited"),
            ("[Ll]est", "so that ... not"),
            ("[Tt]hereof", "of it"),
            ("[Mm]ust needs", "must"),
            ("[Aa]wakening", "WakeContext"),
            ("[A-Za-z]*[Aa]sker[A-Za-z]*", "client"),
            ("[A-Za-z]*Departure[A-Za-z]*", "Shutdown"),
            ("Leaving", "Shutdown"),
            ("[A-Za-z]*Upkeep[A-Za-z]*", "Housekeeping, or the module that owns it"),
            ("UpdateDesk", "UpdateService"),
            ("OfferJudge", "ManifestVerifier"),
            ("WorthSending", "ReportFilter"),
            ("FreshFrames", "WriteBackBuffer"),
            ("RadioThrift", "RadioBackoff"),
            ("Twins", "CrossCheck"),
            ("ModularPower", "ModularExponentiation"),
            ("UpdateFetch|UpdateTransfer|BlockPull", "ImageDownload"),
            ("SignalKind", "LinkEventKind"),
            ("LoopPart(Table)?", "Module, ModuleLoop"),
            ("Announcer", "PresencePublisher, DiscoveryPublisher"),
            ("Verdict", "ManifestCheck"),
            ("ISettingsTarget|ISettingsUser", "Module.OnSettings"),
            ("SettingField", "SettingGroup"),
            ("Reconfiguration", "SettingsTrial"),
        ];

        // Words on the wire of 0.1.0. CHANGELOG.md names them.
        private static readonly (string Word, string Use)[] WireWords =
        [
            ("lastWake", "previousWakeCause"),
            ("endedOnPurpose", "cleanShutdown"),
            ("goodRevision", "knownGoodRevision"),
            ("(sensor|reading|actuator)-recovery", "$1-recovered"),
        ];

        // The vendor's words, others' texts, and the places that name the old words on purpose.
        private static readonly string[] Excluded = ["tests/NanoApi/Facts/", "tests/NanoApi/WordsTests.cs", "tests/Cost/README.md", "CHANGELOG.md", "LICENSE"];

        private static readonly string[] TextFiles = [".cs", ".md", ".csproj", ".nfproj", ".props", ".json", ".svg", ".runsettings", ".config", ""];

        [TestMethod]
        public void Words_that_puzzle_readers_are_not_used() => Report.Expect(Problems(Words));

        [TestMethod]
        public void Words_on_the_wire_are_those_of_the_protocol_page() => Report.Expect(Problems(WireWords));

        [TestMethod]
        [DataRow("// What befell it, so that it is to be told.", 3)]
        [DataRow("private readonly Asker _asker;", 2)]
        [DataRow("public void Nobody_is_told_twice()", 1)]
        [DataRow("Leaving leaving = new(); // no longer, whatever happens", 1)]
        [DataRow("The device publishes an event once. A twin of the file is lost.", 0)]
        public void Words_are_found(string line, int count) => Assert.AreEqual(count, Found("a.cs", line, Words).Count());

        private static IEnumerable<string> Problems((string Word, string Use)[] words) =>
            from path in Repository.FilesUnder(Repository.Root, string.Empty)
            let name = Repository.Relative(path)
            where TextFiles.Contains(Path.GetExtension(Path.GetFileName(path).TrimStart('.')))
            where !Excluded.Any(folder => name.StartsWith(folder, StringComparison.Ordinal))
            from problem in Found(name, File.ReadAllText(path), words)
            select problem;

        private static IEnumerable<string> Found(string name, string text, (string Word, string Use)[] words)
        {
            // One look for all words; which of them it was is asked only about what was found. A test's name has _ for spaces.
            var any = new Regex($"(?<![A-Za-z])({string.Join('|', words.Select(word => word.Word.Replace(" ", "[ _]", StringComparison.Ordinal)))})(?![A-Za-z])");
            foreach (Match match in any.Matches(text))
            {
                string found = match.Value.Replace('_', ' ').Trim();
                string? use = words.Select(word => (word.Use, Match: Regex.Match(found, $"^({word.Word})$"))).FirstOrDefault(word => word.Match.Success).Use;
                yield return $"{name}({text.AsSpan(0, match.Index).Count('\n') + 1}): \"{match.Value}\": use {use}";
            }
        }
    }
}
