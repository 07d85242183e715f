using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace M2m.Client.Certificates;

/// <summary>Issues the certificates of a fleet: EC P-256 with SHA-256, which a device verifies fastest.</summary>
public sealed class CertificateAuthority : IDisposable
{
    public const int DefaultDays = 3650;

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int SerialBytes = 16;

    // The clock of a peer may be behind.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate)
    {
        _certificate = certificate;
    }

    public X509Certificate2 Certificate => _certificate;

    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    public string KeyPem
    {
        get
        {
            using ECDsa key = _certificate.GetECDsaPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem() + "\n";
        }
    }

    public static CertificateAuthority Create(string name, DateTimeOffset now, TimeSpan validity)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = RequestOf(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new CertificateAuthority(request.CreateSelfSigned(now - Margin, now + validity));
    }

    /// <exception cref="FailedException">It is no authority, or the key is not its own.</exception>
    public static CertificateAuthority Load(string certificate, string certificatePath, string key, string keyPath)
    {
        X509Certificate2 pair = Pem.Identity(certificate, certificatePath, key, keyPath);
        bool isAuthority = pair.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
        using ECDsa? own = pair.GetECDsaPrivateKey();
        return isAuthority && own is not null ? new CertificateAuthority(pair) : throw new FailedException($"{certificatePath} is not the certificate of an authority with an EC key: m2m ca new makes one");
    }

    /// <param name="name">Its subject: a broker can take it for the name of the user.</param>
    /// <param name="hosts">Names and addresses under which clients know a server; none: it is for a client.</param>
    /// <param name="from">Not before: a day earlier, but not before the authority's own.</param>
    /// <param name="until">Not after: at most the authority's own.</param>
    public IssuedCertificate Issue(string name, IReadOnlyList<string> hosts, DateTimeOffset from, DateTimeOffset until)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = RequestOf(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(hosts.Count == 0 ? ClientAuthentication : ServerAuthentication)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        if (hosts.Count > 0)
        {
            request.CertificateExtensions.Add(AlternativeNames(hosts));
        }

        DateTimeOffset begin = Max(from - Margin, _certificate.NotBefore);
        DateTimeOffset end = until < _certificate.NotAfter ? until : _certificate.NotAfter;
        byte[] serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] &= 0x7F;
        using X509Certificate2 certificate = request.Create(_certificate, begin, end, serial);
        return new IssuedCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n", certificate.SerialNumberBytes.ToArray(), end);
    }

    public void Dispose() => _certificate.Dispose();

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static CertificateRequest RequestOf(string name, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        return new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
    }

    private static X509Extension AlternativeNames(IReadOnlyList<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return names.Build();
    }
}
