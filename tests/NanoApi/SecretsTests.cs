using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NanoApi
{
    /// <summary>No key, certificate or password of the repository is one that a product could use.</summary>
    [TestClass]
    public partial class SecretsTests
    {
        // With the reason: what is there opens nothing.
        private static readonly Dictionary<string, string> Justified = new()
        {
            ["tests/Firmware.Tests/Updates/SignedManifests.cs"] = "public keys and signatures of test releases; no board has these keys, and their private halves were not kept",
        };

        public static IEnumerable<(string Rule, string Sample)> Samples =>
        [
            ("private key", "-----BEGIN EC PRIVATE KEY-----\n" + new string('A', 64) + "\n"),
            ("private key", "\"-----BEGIN PRIVATE KEY-----\\n" + new string('A', 64) + "\\n\""),
            ("certificate", "-----BEGIN CERTIFICATE-----\n" + new string('M', 64) + "\n"),
            ("token", "AKIA" + "ABCDEFGHIJKLMNOP"),
            ("token", "ghp_" + new string('a', 36)),
            ("token", "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + new string('b', 43)),
            ("long literal", "\"" + string.Concat(Enumerable.Repeat("Ab3+", 64)) + "\""),
            ("long literal", "\"" + string.Concat(Enumerable.Repeat("0f", 64)) + "\""),
            ("password", "{\"password\":\"" + "kT9wPq2LxZ7m\"}"),
            ("password", "Password = \"" + "Xy7pLm3Qr9Tw\";"),
        ];

        [TestMethod]
        public void No_secret_is_in_the_repository() => Report.Expect(
            from file in Tracked()
            where !Justified.ContainsKey(file) && file != "tests/NanoApi/SecretsTests.cs"
            from fault in Faults(File.ReadAllText(Path.Combine(Repository.Root, file)))
            select $"{file}: {fault}");

        [TestMethod]
        public void No_file_of_keys_or_certificates_is_in_the_repository() => Report.Expect(
            from file in Tracked()
            where Path.GetExtension(file) is ".pem" or ".key" or ".pfx" or ".p12" or ".crt" or ".cer" or ".der" or ".jks" or ".kdbx"
            select file);

        [TestMethod]
        public void Every_justified_file_still_needs_it() => Report.Expect(
            from file in Justified.Keys
            where !File.Exists(Path.Combine(Repository.Root, file)) || !Faults(File.ReadAllText(Path.Combine(Repository.Root, file))).Any()
            select file);

        [TestMethod]
        public void No_board_has_an_update_key() => Report.Expect(
            from file in Tracked()
            where Path.GetFileName(file) == "UpdateKeys.cs" && !File.ReadAllText(Path.Combine(Repository.Root, file)).Contains("All => new RsaKey[0];", StringComparison.Ordinal)
            select $"{file}: a key of a product belongs to the product's own board");

        [TestMethod]
        public void Keys_are_ignored_by_git() =>
            CollectionAssert.IsSubsetOf(new[] { "*.pem", "*.key" }, File.ReadAllLines(Path.Combine(Repository.Root, ".gitignore")));

        [TestMethod]
        [DynamicData(nameof(Samples))]
        public void Secret_is_found(string rule, string sample) => CollectionAssert.Contains(Faults(sample).Select(fault => fault.Split(':')[0]).ToArray(), rule);

        private static IEnumerable<string> Faults(string text) =>
            from rule in new (string Name, Regex Pattern)[]
            {
                ("private key", PrivateKey()), ("certificate", Certificate()), ("token", Token()), ("long literal", LongLiteral()), ("password", Password()),
            }
            from Match match in rule.Pattern.Matches(text)
            where rule.Name != "long literal" || !IsOneLetter(match.Value)
            select $"{rule.Name}: {match.Value[..Math.Min(match.Value.Length, 40)]}";

        private static bool IsOneLetter(string text) => text.Trim('"').Distinct().Count() == 1;

        // What git tracks; everything but build output where there is no git.
        private static IEnumerable<string> Tracked()
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", Repository.Root, "ls-files", "-z", "--cached"]) { RedirectStandardOutput = true, RedirectStandardError = true });
            string[] files = git!.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
            git.WaitForExit();
            return (files.Length > 0 ? files : Repository.Files(string.Empty).Select(Repository.Relative))
                .Where(file => File.Exists(Path.Combine(Repository.Root, file)));
        }

        [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\\rn""+]*[A-Za-z0-9+/]{40}")]
        private static partial Regex PrivateKey();

        [GeneratedRegex(@"-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\\rn""+]*[A-Za-z0-9+/]{40}")]
        private static partial Regex Certificate();

        [GeneratedRegex(@"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abpr]-[A-Za-z0-9-]{20}|AIza[A-Za-z0-9_-]{35}|sk_live_[A-Za-z0-9]{20}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20})")]
        private static partial Regex Token();

        // A modulus, a key or a signature: 128 digits of hexadecimal or 200 of Base 64 in one literal.
        [GeneratedRegex("\"(?:[0-9A-Fa-f]{128,}|[A-Za-z0-9+/]{200,}={0,2})\"")]
        private static partial Regex LongLiteral();

        // Ten characters or more of all kinds: no word of an example.
        [GeneratedRegex("""(?i:pass(?:word|phrase)?|secret)["']?\s*[:=]+\s*["'](?=[^"']*[a-z])(?=[^"']*[A-Z])(?=[^"']*[0-9])[A-Za-z0-9+/=_!@#%^&*-]{10,}["']""")]
        private static partial Regex Password();
    }
}
