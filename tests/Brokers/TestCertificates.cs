using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using M2m.Client.Certificates;

namespace TestBrokers;

/// <summary>An authority and what it issues, in a folder of its own, made for one test.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("certificates-");
    private readonly CertificateAuthority _authority;
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    public TestCertificates()
    {
        _authority = CertificateAuthority.Create("test", _now.AddYears(-1), TimeSpan.FromDays(3 * 365));
        CaFile = Write("ca.pem", CaPem);
        ServerFile = Server("server", "127.0.0.1", "localhost");
    }

    public string Folder => _folder.FullName;

    public string CaPem => _authority.CertificatePem;

    public string CaFile { get; }

    /// <summary>For 127.0.0.1 and localhost.</summary>
    public string ServerFile { get; }

    public MosquittoTls Tls => new(CaFile, ServerFile);

    public IssuedCertificate Issue(string name, int fromDay = 0, int untilDay = 365) => _authority.Issue(name, [], _now.AddDays(fromDay), _now.AddDays(untilDay));

    public string Client(string name, int fromDay = 0, int untilDay = 365) => Write(name + ".pem", Issue(name, fromDay, untilDay).Pem);

    public string Server(string name, params string[] hosts) => Server(name, 0, 365, hosts);

    public string Server(string name, int fromDay, int untilDay, params string[] hosts) =>
        Write(name + ".pem", _authority.Issue(name, hosts, _now.AddDays(fromDay), _now.AddDays(untilDay)).Pem);

    public string Revoke(params IssuedCertificate[] revoked)
    {
        var list = new CertificateRevocationListBuilder();
        Array.ForEach(revoked, certificate => list.AddEntry(certificate.SerialNumber));
        byte[] crl = list.Build(_authority.Certificate, 1, _now.AddDays(1), HashAlgorithmName.SHA256, thisUpdate: _now.AddDays(-1));
        return Write("revoked.pem", PemEncoding.WriteString("X509 CRL", crl));
    }

    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(true);
    }
}
