using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace TestBrokers;

/// <summary>NATS with MQTT, which keeps sessions and retained messages in JetStream, in files.</summary>
public sealed class NatsBroker() : BrokerProcess("nats")
{
    private readonly int _clientPort = FreePort.Next();

    /// <summary>Its MQTT port is under TLS, and wants a certificate of each client; null: it is not.</summary>
    public TestCertificates? Certificates { get; init; }

    public static string? Executable => Find("/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server");

    protected override async Task<ProcessStartInfo> PrepareAsync()
    {
        string config = Path.Combine(Folder, "nats.conf");
        string tls = Certificates is null ? string.Empty
            : $$""", tls { cert_file: "{{Certificates.ServerFile}}", key_file: "{{Certificates.ServerFile}}", ca_file: "{{Certificates.CaFile}}", verify: true }""";
        string text = $$"""
            server_name: test
            host: 127.0.0.1
            port: {{_clientPort}}
            jetstream { store_dir: "{{Folder}}", max_mem: 64MB, max_file: 256MB }
            mqtt { host: 127.0.0.1, port: {{Port}}{{tls}} }
            """;
        await File.WriteAllTextAsync(config, text);
        return new ProcessStartInfo(Executable!, ["-c", config]);
    }

    protected override async Task<Stream> OpenAsync(NetworkStream connection)
    {
        if (Certificates is null)
        {
            return connection;
        }

        string pem = Certificates.Issue("ready").Pem;
        using X509Certificate2 own = X509Certificate2.CreateFromPem(pem, pem);
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(X509Certificate2.CreateFromPem(Certificates.CaPem));
        var stream = new SslStream(connection);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", ClientCertificates = [own], CertificateChainPolicy = trust });
        return stream;
    }
}
