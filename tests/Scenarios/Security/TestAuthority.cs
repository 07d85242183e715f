extern alias host;

using host::System.Security.Cryptography.X509Certificates;
using M2m.Client.Certificates;

namespace Scenarios.Security;

/// <summary>A certificate authority that lives as long as a test.</summary>
internal sealed class TestAuthority(string name)
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);

    private readonly CertificateAuthority _authority = CertificateAuthority.Create(name, DateTimeOffset.UtcNow, Validity);

    /// <summary>With its key.</summary>
    public X509Certificate2 Certificate => _authority.Certificate;

    public string CertificatePem => _authority.CertificatePem;

    public void WriteCertificate(string path) => File.WriteAllText(path, _authority.CertificatePem);

    /// <summary>As m2m ca new leaves it.</summary>
    public string WriteFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        WriteCertificate(Path.Combine(folder, "ca.pem"));
        File.WriteAllText(Path.Combine(folder, "ca.key"), _authority.KeyPem);
        return folder;
    }

    /// <summary>Certificate and key of a client in PEM.</summary>
    public string IssuePem(string client) => Issue(client, []).Pem;

    /// <summary>The certificate of a client, with its key.</summary>
    public X509Certificate2 Issue(string client)
    {
        IssuedCertificate issued = Issue(client, []);
        using X509Certificate2 whole = X509Certificate2.CreateFromPem(issued.CertificatePem, issued.KeyPem);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    public void WriteServer(string certificatePath, string keyPath)
    {
        IssuedCertificate issued = Issue("broker", ["127.0.0.1"]);
        File.WriteAllText(certificatePath, issued.CertificatePem);
        File.WriteAllText(keyPath, issued.KeyPem);
    }

    private IssuedCertificate Issue(string subject, string[] hosts) => _authority.Issue(subject, hosts, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow + Validity);
}
