using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Boards.NativeSim.World;
using MQTTnet;
using nanoFramework.M2Mqtt;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>Where the broker is: the host name is resolved once, here, and never again.</summary>
internal sealed class BrokerEndpoint
{
    private const int DnsTimeoutMs = 15_000;

    private readonly SimulatedChip _chip;
    private readonly string _hostName;
    private readonly IPEndPoint _address;

    public BrokerEndpoint(SimulatedChip chip, string hostName, int port)
    {
        _chip = chip;
        _hostName = hostName;
        _address = new IPEndPoint(Resolve(chip, hostName), port);
    }

    public bool Secure { get; init; }

    public X509Certificate? CaCertificate { get; init; }

    public X509Certificate? ClientCertificate { get; init; }

    public MqttSslProtocols SslProtocol { get; init; }

    public MqttClientOptionsBuilder Options(MqttClientOptionsBuilder builder, bool validate)
    {
        builder.WithEndPoint(_address);
        if (Secure)
        {
            builder.WithTlsOptions(tls =>
            {
                tls.UseTls().WithTargetHost(_hostName).WithSslProtocols(Protocols());
                tls.WithCertificateValidationHandler(e => !validate || IsTrusted(e));
                if (ClientCertificate is X509Certificate2 certificate)
                {
                    tls.WithClientCertificates([certificate]);
                }
            });
        }

        return builder;
    }

    private static IPAddress Resolve(SimulatedChip chip, string hostName)
    {
        if (IPAddress.TryParse(hostName, out IPAddress? literal))
        {
            return literal;
        }

        if (hostName == "localhost")
        {
            return IPAddress.Loopback;
        }

        if (!chip.Radio.IsJoined)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        IPAddress[] found = chip.Time.Await("address of the broker", chip.Number, HoldKind.Transport, DnsTimeoutMs, limit => Dns.GetHostAddressesAsync(hostName, limit));
        return Array.Find(found, a => a.AddressFamily == AddressFamily.InterNetwork)
            ?? throw new SocketException((int)SocketError.HostNotFound);
    }

    private SslProtocols Protocols() => SslProtocol switch
    {
        MqttSslProtocols.TLSv1_2 => SslProtocols.Tls12,
        MqttSslProtocols.TLSv1_3 => SslProtocols.Tls13,
        _ => SslProtocols.None,
    };

    // The chip's own clock judges, as on a device: before it is set no certificate is valid yet.
    private bool IsTrusted(MqttClientCertificateValidationEventArgs e)
    {
        if ((e.SslPolicyErrors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _chip.UtcNow.ToLocalTime();
        chain.ChainPolicy.VerificationTimeIgnored = false;
        if (CaCertificate is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(CaCertificate.GetRawCertData()));
        }

        foreach (X509ChainElement element in e.Chain.ChainElements)
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(X509CertificateLoader.LoadCertificate(e.Certificate.GetRawCertData()));
    }
}
