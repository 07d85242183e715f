extern alias host;

using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Boards.NativeSim.Emulation.Hardware;
using Boards.NativeSim.Emulation.Sockets;
using Boards.NativeSim.World;
using Host = host::System.Security.Cryptography.X509Certificates;
using HostProtocols = System.Security.Authentication.SslProtocols;
using HostStream = host::System.Net.Security.SslStream;

namespace System.Net.Security;

/// <summary>TLS over a socket, as a client. The handshake is one native call: until it ends, no managed thread of the chip runs.</summary>
public class SslStream : NetworkStream
{
    // Native bytes, measured: Mbed TLS 3.6 with buffers of 16 KB in and 4 KB out.
    private const uint SetUpBytes = 31_700;
    private const uint Session12Bytes = 20_200;
    private const uint Handshake12Bytes = 40_000;
    private const uint Session13Bytes = 37_400;
    private const uint Handshake13Bytes = 39_200;

    // With TLS 1.2 the buffer shrinks to the smaller of both after the handshake.
    private const int LargestRecord12 = 4096;

    private const int LongestHandshakeMs = int.MaxValue;
    private NativeHeap? _heap;
    private uint _taken;
    private bool _awaitsTickets;

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
        HostProtocols protocols = Protocols(enabledSslProtocols);
        _heap = NativeHeap.Current;
        Take(SetUpBytes, MbedTlsCode.SetUpFailed);
        bool verifies = SslVerification == SslVerification.CertificateRequired;
        int flags = 0;
        var stream = new HostStream(socket.Stream, false, (_, certificate, chain, errors) =>
        {
            flags = verifies ? Flags(socket.Chip, certificate!, chain!, errors, ca) : 0;
            return flags == 0;
        });
        socket.Stream = stream;
        var options = new host::System.Net.Security.SslClientAuthenticationOptions
        {
            TargetHost = targetHost,
            EnabledSslProtocols = protocols,
            CertificateRevocationCheckMode = Host.X509RevocationMode.NoCheck,
            ClientCertificates = clientCertificate is X509Certificate2 own ? [own.Pair] : null,
        };
        using IDisposable blocked = socket.Chip.BeginNativeCall();
        try
        {
            Take(protocols == HostProtocols.Tls12 ? Handshake12Bytes : Handshake13Bytes);

            // No limit, as on the device.
            socket.Chip.Time.Await("TLS handshake", socket.Chip.Number, HoldKind.Transport, LongestHandshakeMs, async limit =>
            {
                await stream.AuthenticateAsClientAsync(options, limit).ConfigureAwait(false);
                return 0;
            });
            bool is12 = stream.SslProtocol == HostProtocols.Tls12;
            Take(is12 ? Session12Bytes : Session13Bytes);
            socket.LargestRecord = is12 ? LargestRecord12 : int.MaxValue;
            _awaitsTickets = !is12;
        }
        catch (Exception e) when (e is not PowerCutException)
        {
            Take(0);
            throw e as CryptographicException ?? new CryptographicException(flags != 0 ? flags : MbedTlsCode.Of(e));
        }
    }

    /// <summary>
    /// Reading the session tickets, which a broker sends after a handshake of TLS 1.3, stops all threads of the device until
    /// more comes, which it does not where nothing was sent.
    /// </summary>
    public override int Read(byte[] buffer, int offset, int size) => _awaitsTickets
        ? throw new InvalidOperationException("all threads of the device stand still: nothing was sent yet")
        : base.Read(buffer, offset, size);

    public override void Write(byte[] buffer, int offset, int size)
    {
        _awaitsTickets = false;
        base.Write(buffer, offset, size);
    }

    protected override void Dispose(bool disposing)
    {
        if (!_disposed)
        {
            Take(0);
            Socket.Close();
        }

        base.Dispose(disposing);
    }

    private void Take(uint bytes, int failure = MbedTlsCode.NoMemory)
    {
        if (_heap?.TryReplace(_taken, bytes) == false)
        {
            throw new CryptographicException(failure);
        }

        _taken = bytes;
    }

    private static HostProtocols Protocols(SslProtocols protocols)
    {
        HostProtocols enabled = HostProtocols.None;
        enabled |= (protocols & SslProtocols.Tls12) == 0 ? 0 : HostProtocols.Tls12;
        enabled |= (protocols & SslProtocols.Tls13) == 0 ? 0 : HostProtocols.Tls13;
        return enabled == HostProtocols.None ? HostProtocols.Tls13 : enabled;
    }

    // The chip's own clock judges, as on a device: before it is set no certificate is valid yet.
    private static int Flags(
        SimulatedChip chip,
        Host.X509Certificate certificate,
        Host.X509Chain presented,
        SslPolicyErrors errors,
        X509Certificate? ca)
    {
        using var chain = new Host.X509Chain();
        DateTime now = chip.UtcNow;
        chain.ChainPolicy.RevocationMode = Host.X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.ToLocalTime();
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.TrustMode = Host.X509ChainTrustMode.CustomRootTrust;
        if (ca is not null)
        {
            chain.ChainPolicy.CustomTrustStore.AddRange(ca.Certificates);
        }

        foreach (Host.X509ChainElement element in presented.ChainElements)
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        chain.Build(Host.X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
        int flags = (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 ? 0 : MbedTlsCode.WrongName;
        foreach (Host.X509ChainElement element in chain.ChainElements)
        {
            bool isEarly = now < element.Certificate.NotBefore.ToUniversalTime();
            foreach (Host.X509ChainStatus status in element.ChainElementStatus)
            {
                flags |= MbedTlsCode.Of(status.Status, isEarly);
            }
        }

        return flags;
    }
}
