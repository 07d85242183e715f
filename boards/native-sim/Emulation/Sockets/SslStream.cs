extern alias host;

using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Boards.NativeSim.Emulation.Sockets;
using Boards.NativeSim.World;
using HostProtocols = System.Security.Authentication.SslProtocols;
using HostStream = host::System.Net.Security.SslStream;

namespace System.Net.Security;

/// <summary>TLS over a socket, as a client.</summary>
public class SslStream : NetworkStream
{
    private const int LongestHandshakeMs = int.MaxValue;

    public SslStream(Socket socket)
        : base(socket, false)
    {
    }

    public SslVerification SslVerification { get; set; } = SslVerification.CertificateRequired;

    public bool UseStoredDeviceCertificate { get; set; }

    public void AuthenticateAsClient(
        string targetHost,
        X509Certificate? clientCertificate,
        X509Certificate? ca,
        SslProtocols enabledSslProtocols)
    {
        HostSocket socket = Socket.Host;
        bool verifies = SslVerification == SslVerification.CertificateRequired;
        var stream = new HostStream(socket.Stream, false, (_, certificate, chain, errors) =>
            !verifies || IsTrusted(socket.Chip, certificate!, chain!, errors, ca));
        socket.Stream = stream;
        var options = new host::System.Net.Security.SslClientAuthenticationOptions
        {
            TargetHost = targetHost,
            EnabledSslProtocols = Protocols(enabledSslProtocols),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            ClientCertificates = clientCertificate is null ? null : [clientCertificate],
        };
        try
        {
            // No limit, as on the device.
            socket.Chip.Time.Await("TLS handshake", socket.Chip.Number, HoldKind.Transport, LongestHandshakeMs, async limit =>
            {
                await stream.AuthenticateAsClientAsync(options, limit).ConfigureAwait(false);
                return 0;
            });
        }
        catch (Exception e) when (e is not PowerCutException)
        {
            throw new SocketException((int)SocketError.SocketError);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!_disposed)
        {
            Socket.Close();
        }

        base.Dispose(disposing);
    }

    private static HostProtocols Protocols(SslProtocols protocols)
    {
        HostProtocols enabled = HostProtocols.None;
        enabled |= (protocols & SslProtocols.Tls12) == 0 ? 0 : HostProtocols.Tls12;
        enabled |= (protocols & SslProtocols.Tls13) == 0 ? 0 : HostProtocols.Tls13;
        return enabled == HostProtocols.None ? HostProtocols.Tls13 : enabled;
    }

    // The chip's own clock judges, as on a device: before it is set no certificate is valid yet.
    private static bool IsTrusted(
        SimulatedChip chip,
        X509Certificate certificate,
        X509Chain presented,
        SslPolicyErrors errors,
        X509Certificate? ca)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = chip.UtcNow.ToLocalTime();
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        if (ca is not null)
        {
            chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(ca.GetRawCertData()));
        }

        foreach (X509ChainElement element in presented.ChainElements)
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }
}
