extern alias host;

using System.Text;
using host::System.Security.Cryptography.X509Certificates;
using M2m.Client.Certificates;
using M2m.Client.Files;

namespace Boards.NativeSim;

/// <summary>An authority for one run, with the certificates that it issues for the embedded broker, the devices and an operator. Its files are gone afterwards.</summary>
internal sealed class RunAuthority : IDisposable
{
    private const string Operator = "operator";
    private const int Years = 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("native-sim-tls-");
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _until;
    private readonly CertificateAuthority _authority;

    /// <param name="worldStart">When the simulated world begins: its devices judge by that time, the broker by the host's.</param>
    public RunAuthority(DateTime worldStart)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var start = new DateTimeOffset(worldStart, TimeSpan.Zero);
        _from = start < now ? start : now;
        _until = now.AddYears(Years);
        _authority = CertificateAuthority.Create("native-sim", _from, _until - _from);
        string ca = Write("ca.pem", _authority.CertificatePem);

        // As m2m ca issue wants it: so a credential can be rotated while the run lasts.
        Write("ca.key", _authority.KeyPem);
        string own = Write(Operator + ".pem", Issue(Operator));
        Credentials = new RunCredentials(ca, own, own) { Issue = Issue };
        IssuedCertificate server = _authority.Issue("broker", ["127.0.0.1", "localhost"], _from, _until);
        Server = Pem.Identity(server.CertificatePem, "broker", server.KeyPem, "broker");
    }

    public RunCredentials Credentials { get; }

    public X509Certificate2 Server { get; }

    /// <summary>Whether a client shows a certificate of this run.</summary>
    public bool IsKnown(X509Certificate? shown)
    {
        if (shown is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority.Certificate);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return chain.Build(certificate);
    }

    public void Dispose()
    {
        Server.Dispose();
        _authority.Dispose();
        _folder.Delete(true);
    }

    private string Issue(string name) => _authority.Issue(name, [], _from, _until).Pem;

    private string Write(string name, string pem)
    {
        string path = Path.Combine(_folder.FullName, name);
        SmallFile.Create(path, Encoding.ASCII.GetBytes(pem), isSecret: true);
        return path;
    }
}
