using System.Diagnostics;
using M2m.Tests.Harness;
using M2m.Updates;

namespace M2m.Tests;

[TestClass]
public class UpdateSigningTests
{
    [TestMethod]
    [DataRow("2048")]
    [DataRow("3072")]
    public async Task Signature_verifies_with_the_documented_openssl_command(string bits)
    {
        RequireOpenssl();
        using var releases = new Releases();
        string manifest = releases.Add(isSigned: false);
        Ran made = await Tool.RunAsync(null, "update", "keygen", releases.At("key"), "--bits", bits, "--json");
        Assert.AreEqual(0, made.ExitCode, made.Error);
        Ran signed = await Tool.RunAsync(null, "update", "sign", "--key", releases.At("key.pem"), manifest);
        Assert.AreEqual(0, signed.ExitCode, signed.Error);
        string signature = releases.At("esp32-devkitc-0.2.0.sig");
        Assert.AreEqual("Verified OK", Openssl("dgst", "-sha256", "-verify", releases.At("key.pub.pem"), "-signature", signature, manifest));
        string modulus = Openssl("rsa", "-pubin", "-in", releases.At("key.pub.pem"), "-modulus", "-noout");
        Assert.AreEqual("Modulus=" + Convert.ToHexString(Convert.FromBase64String(made.Json.GetProperty("modulus").GetString()!)), modulus);
        Releases.Damage(manifest);
        StringAssert.Contains(Openssl("dgst", "-sha256", "-verify", releases.At("key.pub.pem"), "-signature", signature, manifest), "failure");
    }

    [TestMethod]
    public async Task What_openssl_made_and_signed_is_right_here()
    {
        RequireOpenssl();
        using var releases = new Releases();
        string manifest = releases.Add(isSigned: false);
        Openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", releases.At("key.pem"));
        Openssl("pkey", "-in", releases.At("key.pem"), "-pubout", "-out", releases.At("key.pub.pem"));
        Openssl("dgst", "-sha256", "-sign", releases.At("key.pem"), "-out", releases.At("esp32-devkitc-0.2.0.sig"), manifest);
        byte[] theirs = File.ReadAllBytes(releases.At("esp32-devkitc-0.2.0.sig"));
        Ran inspected = await Tool.RunAsync(null, "update", "inspect", manifest, "--key", releases.At("key.pub.pem"), "--json");
        Assert.AreEqual("right", inspected.Json.GetProperty("signature").GetString(), inspected.Error);
        Ran signed = await Tool.RunAsync(null, "update", "sign", "--key", releases.At("key.pem"), manifest);
        Assert.AreEqual(0, signed.ExitCode, signed.Error);
        CollectionAssert.AreEqual(theirs, File.ReadAllBytes(releases.At("esp32-devkitc-0.2.0.sig")));
        Openssl("pkey", "-in", releases.At("key.pem"), "-aes256", "-passout", "pass:x", "-out", releases.At("locked.pem"));
        Ran locked = await Tool.RunAsync(null, "update", "sign", "--key", releases.At("locked.pem"), manifest);
        StringAssert.Contains(locked.Error, "is encrypted: openssl pkey");
    }

    [TestMethod]
    public async Task Key_is_readable_by_its_owner_only_and_never_overwritten()
    {
        using var releases = new Releases();
        Ran made = await Tool.RunAsync(null, "update", "keygen", releases.At("key"));
        Assert.AreEqual(0, made.ExitCode, made.Error);
        StringAssert.Matches(made.Out, new(@"^new RsaKey\(Convert\.FromBase64String\(""[A-Za-z0-9+/]{342}==""\), 65537\)\n$"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(releases.At("key.pem")));
        }

        byte[] before = File.ReadAllBytes(releases.At("key.pem"));
        Ran again = await Tool.RunAsync(null, "update", "keygen", releases.At("key"));
        File.Delete(releases.At("key.pem"));
        Ran half = await Tool.RunAsync(null, "update", "keygen", releases.At("key"));
        Assert.AreEqual((1, 1), (again.ExitCode, half.ExitCode));
        StringAssert.Contains(again.Error, "never overwritten");
        Assert.IsFalse(File.Exists(releases.At("key.pem")));
        StringAssert.Contains(System.Text.Encoding.ASCII.GetString(before), "BEGIN PRIVATE KEY");
        Assert.AreEqual(2, (await Tool.RunAsync(null, "update", "keygen", releases.At("other"), "--bits", "2500")).ExitCode);
    }

    [TestMethod]
    public async Task What_cannot_be_signed_is_told()
    {
        using var releases = new Releases();
        string manifest = releases.Add();
        Ran open = await Tool.RunAsync(null, "update", "sign", "--key", releases.PublicKey, manifest);
        StringAssert.Contains(open.Error, "holds no private key");
        Ran bundle = await Tool.RunAsync(null, "update", "sign", "--key", releases.PrivateKey, releases.At("esp32-devkitc-0.2.0.bundle"));
        Assert.AreEqual(2, bundle.ExitCode);
        Releases.Damage(releases.At("esp32-devkitc-0.2.0.bundle"));
        Ran differing = await Tool.RunAsync(null, "update", "sign", "--key", releases.PrivateKey, manifest);
        StringAssert.Contains(differing.Error, "is not what the manifest says: nothing is signed");
        await File.WriteAllTextAsync(manifest, "{}");
        Ran none = await Tool.RunAsync(null, "update", "sign", "--key", releases.PrivateKey, manifest);
        StringAssert.Contains(none.Error, "this is not a manifest: 'product' must be");
        Assert.AreEqual((1, 1, 1), (open.ExitCode, differing.ExitCode, none.ExitCode));
    }

    [TestMethod]
    public async Task Release_is_shown_for_people_and_programs()
    {
        using var releases = new Releases();
        string manifest = releases.Add();
        Ran people = await Tool.RunAsync(null, "update", "inspect", releases.At("esp32-devkitc-0.2.0.bundle"), "--key", releases.PublicKey);
        Assert.AreEqual(0, people.ExitCode, people.Error);
        StringAssert.Contains(people.Out, "assembly   Boards.Test 0.2.0.0, 20000 bytes");
        StringAssert.Contains(people.Out, "signature  right");
        Ran programs = await Tool.RunAsync(null, "update", "inspect", manifest, "--json");
        Assert.AreEqual(
            """{"board":"esp32-devkitc","version":"0.2.0","loader":1,"runtime":"0.0.0","size":20054,"blocks":5,"allowDowngrade":false,"entry":"Boards.Test.Application","assemblies":[{"name":"Boards.Test","version":"0.2.0.0","size":20000}],"signature":"unverified","problems":[]}""" + "\n",
            programs.Out);
    }

    [TestMethod]
    [DataRow("bundle", -1, "block 4 of 5 differs")]
    [DataRow("bundle", 0, "this is not a bundle")]
    [DataRow("json", 60, "is not a signature of this key")]
    [DataRow("json", 0, "this is not a manifest")]
    [DataRow("sig", 0, "is not a signature of this key")]
    [DataRow("sig", -1, "is not a signature of this key")]
    public void Each_damage_is_found(string file, int at, string problem)
    {
        using var releases = new Releases();
        string manifest = releases.Add();
        Releases.Damage(releases.At("esp32-devkitc-0.2.0." + file), at);
        Assert.IsTrue(ReleaseCheck.Of(manifest, Releases.Key).Problems.Any(found => found.Contains(problem, StringComparison.Ordinal)), string.Join('\n', ReleaseCheck.Of(manifest, Releases.Key).Problems));
    }

    [TestMethod]
    public void Missing_cut_and_foreign_files_are_found()
    {
        using var releases = new Releases();
        string manifest = releases.Add();
        string bundle = releases.At("esp32-devkitc-0.2.0.bundle");
        string signature = releases.At("esp32-devkitc-0.2.0.sig");
        byte[] whole = File.ReadAllBytes(bundle);
        File.WriteAllBytes(bundle, whole[..^1]);
        StringAssert.Contains(Problems(manifest), "has 20053 bytes, the manifest says 20054");
        File.Delete(bundle);
        StringAssert.Contains(Problems(manifest), "there is no file");
        File.WriteAllBytes(bundle, whole);
        using (SigningKey other = SigningKey.Create(2048))
        {
            File.WriteAllBytes(signature, other.Sign(File.ReadAllBytes(manifest)));
        }

        StringAssert.Contains(Problems(manifest), "is not a signature of this key");
        File.WriteAllBytes(signature, new byte[255]);
        StringAssert.Contains(Problems(manifest), "has 255 bytes");
        File.Delete(signature);
        StringAssert.Contains(Problems(manifest), "there is no signature");
        Assert.AreEqual(0, ReleaseCheck.Of(manifest, null).Problems.Count);
    }

    [TestMethod]
    public async Task Wrong_release_ends_with_one()
    {
        using var releases = new Releases();
        string manifest = releases.Add();
        Releases.Damage(releases.At("esp32-devkitc-0.2.0.bundle"));
        Ran ran = await Tool.RunAsync(null, "update", "inspect", manifest);
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Out, "verdict    WRONG");
        StringAssert.Contains(ran.Error, "differs");
    }

    private static string Problems(string manifest) => string.Join('\n', ReleaseCheck.Of(manifest, Releases.Key).Problems);

    private static void RequireOpenssl()
    {
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "openssl")));
        if (!isThere && Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Inconclusive("openssl is not installed");
        }
    }

    private static string Openssl(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Length > 0 ? text.Trim() : error.Result.Trim();
    }
}
