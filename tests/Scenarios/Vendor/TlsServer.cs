extern alias host;

using System.Net;
using System.Security.Authentication;
using System.Text;
using host::System.Net.Security;
using host::System.Net.Sockets;
using host::System.Security.Cryptography.X509Certificates;
using M2m.Client.Certificates;

namespace Scenarios.Vendor;

/// <summary>A server that accepts MQTT over TLS, or something else, with certificates made for one test.</summary>
internal sealed class TlsServer : IDisposable
{
    private static readonly byte[] s_connack = [0x20, 2, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _gone = new();
    private readonly CertificateAuthority _authority;
    private readonly DateTimeOffset _now;
    private int _connections;

    public TlsServer(DateTime now)
    {
        _now = new DateTimeOffset(now, TimeSpan.Zero);
        _authority = CertificateAuthority.Create("Root of a test", _now.AddDays(-100), TimeSpan.FromDays(200));
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Of the client, in the last handshake.</summary>
    public string? ClientName { get; private set; }

    public SslProtocols Version { get; private set; }

    public string RootPem => _authority.CertificatePem;

    /// <summary>Certificate and key of a server, as <c>credentials.set</c> takes them.</summary>
    public string Issue(string host, int fromDay = -1, int toDay = 1) => _authority.Issue(host, [host], _now.AddDays(fromDay), _now.AddDays(toDay)).Pem;

    /// <summary>The same of a client.</summary>
    public string IssueClient(string name) => _authority.Issue(name, [], _now, _now.AddDays(1)).Pem;

    public void Serve(string pem, SslProtocols versions = SslProtocols.Tls12 | SslProtocols.Tls13, bool asksCertificate = false, bool isSecure = true, bool answers = true)
    {
        using X509Certificate2 pair = X509Certificate2.CreateFromPem(pem, pem);
        X509Certificate2 own = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        Accept(async client =>
        {
            if (!isSecure)
            {
                await AnswerAsync(client.GetStream());
                return;
            }

            using var stream = new SslStream(client.GetStream(), false, (_, certificate, _, _) => !asksCertificate || certificate is not null);
            await stream.AuthenticateAsServerAsync(own, asksCertificate, versions, false);
            Version = stream.SslProtocol;
            ClientName = stream.RemoteCertificate?.Subject;
            if (answers)
            {
                await AnswerAsync(stream);
            }
        });
    }

    /// <summary>Serves MQTT without TLS, as a broker does at its other port, or something else that answers and closes.</summary>
    public void ServePlain(string answer) => Accept(async client =>
    {
        await client.GetStream().ReadExactlyAsync(new byte[1], _gone.Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), _gone.Token);
    });

    public void StaySilent() => Accept(client => Task.Delay(Timeout.Infinite, _gone.Token));

    public void Dispose()
    {
        _gone.Cancel();
        _listener.Stop();
        _authority.Dispose();
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

    private async Task AnswerAsync(Stream stream)
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
