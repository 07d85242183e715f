extern alias host;

using System.Net;
using System.Security.Authentication;
using host::System.Net.Security;
using host::System.Net.Sockets;
using host::System.Security.Cryptography;
using host::System.Security.Cryptography.X509Certificates;

namespace Scenarios.Vendor;

/// <summary>A server that accepts MQTT over TLS, or something else, with certificates made for one test.</summary>
internal sealed class TlsServer : IDisposable
{
    private static readonly byte[] s_connack = [0x20, 2, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _gone = new();
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly DateTimeOffset _from;
    private int _connections;

    public TlsServer(DateTime from)
    {
        _from = new DateTimeOffset(from, TimeSpan.Zero);
        var request = new CertificateRequest("CN=Root of a test", _rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(_from.AddDays(-100), _from.AddDays(100));
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Of the client, in the last handshake.</summary>
    public string? ClientName { get; private set; }

    public SslProtocols Version { get; private set; }

    public string RootPem => _root.ExportCertificatePem();

    /// <summary>Certificate and key, as <c>credentials.set</c> takes them.</summary>
    public string Issue(string name, int fromDay = -1, int toDay = 1)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(_root, _from.AddDays(fromDay), _from.AddDays(toDay), [1, 2, 3]);
        return issued.ExportCertificatePem() + "\n" + key.ExportECPrivateKeyPem() + "\n";
    }

    public void Serve(string pem, SslProtocols versions = SslProtocols.Tls12 | SslProtocols.Tls13, bool asksCertificate = false)
    {
        using X509Certificate2 pair = X509Certificate2.CreateFromPem(pem, pem);
        X509Certificate2 own = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        Accept(async client =>
        {
            using var stream = new SslStream(client.GetStream(), false, (_, certificate, _, _) => !asksCertificate || certificate is not null);
            await stream.AuthenticateAsServerAsync(own, asksCertificate, versions, false);
            Version = stream.SslProtocol;
            ClientName = stream.RemoteCertificate?.Subject;
            await AnswerAsync(stream);
        });
    }

    public void StaySilent() => Accept(client => Task.Delay(Timeout.Infinite, _gone.Token));

    public void Dispose()
    {
        _gone.Cancel();
        _listener.Stop();
        _root.Dispose();
        _rootKey.Dispose();
        _gone.Dispose();
    }

    private void Accept(Func<TcpClient, Task> serve) => _ = Task.Run(async () =>
    {
        while (!_gone.IsCancellationRequested)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_gone.Token);
            Interlocked.Increment(ref _connections);
            _ = Task.Run(async () =>
            {
                using (client)
                {
                    await serve(client);
                }
            });
        }
    });

    private async Task AnswerAsync(SslStream stream)
    {
        byte[] packet = new byte[4096];
        while (await stream.ReadAsync(packet, _gone.Token) is > 0)
        {
            if (packet[0] == 0x10)
            {
                await stream.WriteAsync(s_connack, _gone.Token);
            }
        }
    }
}
