using System.Security.Cryptography.X509Certificates;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public sealed class CaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ca-").FullName;

    private string Ca => Path.Combine(_folder, "ca");

    public void Dispose() => Directory.Delete(_folder, true);

    [TestMethod]
    public async Task Authority_is_made_once_and_its_key_is_for_its_owner()
    {
        Ran first = await Tool.RunAsync(null, "ca", "new", Ca);
        byte[] key = await File.ReadAllBytesAsync(Path.Combine(Ca, "ca.key"));
        Ran again = await Tool.RunAsync(null, "ca", "new", Ca);
        Assert.AreEqual((0, 1), (first.ExitCode, again.ExitCode), first.Error);
        StringAssert.Contains(again.Error, "exists already, and an authority is never overwritten");
        CollectionAssert.AreEqual(key, await File.ReadAllBytesAsync(Path.Combine(Ca, "ca.key")));
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Ca, "ca.pem"));
        Assert.AreEqual(256, certificate.GetECDsaPublicKey()!.KeySize);
        Assert.IsTrue(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single() is { CertificateAuthority: true, Critical: true });
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Ca, "ca.key")));
        }
    }

    [TestMethod]
    [DataRow("esp32-020000000001", "", "1.3.6.1.5.5.7.3.2")]
    [DataRow("broker", "broker.example 192.0.2.7", "1.3.6.1.5.5.7.3.1")]
    public async Task Certificate_is_issued_for_what_it_is_for(string name, string hosts, string use)
    {
        await Tool.RunAsync(null, "ca", "new", Ca);
        string[] options = [.. hosts.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(host => new[] { "--host", host })];
        Ran ran = await Tool.RunAsync(null, ["ca", "issue", name, "--authority", Ca, "--days", "90", "--json", .. options]);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        string file = ran.Json.GetProperty("file").GetString()!;
        Assert.AreEqual(Path.Combine(Ca, name + ".pem"), file);
        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(file);
        Assert.AreEqual("CN=" + name, certificate.Subject);
        Assert.AreEqual(use, certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages[0].Value);
        Assert.AreEqual(90, Math.Round((certificate.NotAfter - DateTime.Now).TotalDays));
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SingleOrDefault();
        Assert.AreEqual(hosts, names is null ? string.Empty : string.Join(' ', names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()))));
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Ca, "ca.pem")));
        Assert.IsTrue(chain.Build(certificate));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Ran again = await Tool.RunAsync(null, "ca", "issue", name, "--authority", Ca);
        Assert.AreEqual(1, again.ExitCode);
        StringAssert.Contains(again.Error, "exists already");
    }

    [TestMethod]
    public async Task Certificate_does_not_outlive_its_authority()
    {
        await Tool.RunAsync(null, "ca", "new", Ca, "--days", "10");
        Ran ran = await Tool.RunAsync(null, "ca", "issue", "boiler", "--authority", Ca, "--json");
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Ca, "ca.pem"));
        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(ran.Json.GetProperty("file").GetString()!);
        Assert.AreEqual(authority.NotAfter, certificate.NotAfter);
    }

    [TestMethod]
    [DataRow("a/b", "", "a name is")]
    [DataRow("broker", "no host", "--host must be a name or an address")]
    public async Task Wrong_name_is_a_wrong_argument(string name, string host, string reason)
    {
        Ran ran = await Tool.RunAsync(null, ["ca", "issue", name, "--authority", Ca, .. host.Length == 0 ? Array.Empty<string>() : ["--host", host]]);
        Assert.AreEqual(2, ran.ExitCode);
        StringAssert.Contains(ran.Error, reason);
    }

    [TestMethod]
    public async Task Directory_that_cannot_be_created_is_reported()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("/proc is Linux's");
        }

        Ran ran = await Tool.RunAsync(null, "ca", "new", "/proc/x");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "the directory /proc/x cannot be created");
        Assert.IsFalse(ran.Error.Contains("Could not find file", StringComparison.Ordinal), ran.Error);
    }

    [TestMethod]
    public async Task Missing_authority_is_reported()
    {
        Ran ran = await Tool.RunAsync(null, "ca", "issue", "boiler", "--authority", Ca);
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "there is no file");
    }
}
