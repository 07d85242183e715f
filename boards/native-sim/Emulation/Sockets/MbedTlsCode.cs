extern alias host;

using System.Security.Authentication;
using host::System.Security.Cryptography.X509Certificates;

namespace Boards.NativeSim.Emulation.Sockets;

/// <summary>What the device's TLS library (Mbed TLS 3.6) gives for what the host's says.</summary>
internal static class MbedTlsCode
{
    public const int WrongName = 0x04;

    public const int NoMemory = -0x7F00;

    /// <summary>Not of Mbed TLS: the platform's own for a set-up without memory, which reads as flags too.</summary>
    public const int SetUpFailed = 9;

    private const int Expired = 0x01;
    private const int Revoked = 0x02;
    private const int NotTrusted = 0x08;
    private const int Other = 0x0100;
    private const int NotYetValid = 0x0200;

    private const int Alert = -0x7780;
    private const int NoCommonVersion = -0x6E80;
    private const int NoTls = -0x7200;
    private const int EndOfConnection = -0x7280;

    /// <summary>The flag of what is wrong with a certificate.</summary>
    public static int Of(X509ChainStatusFlags status, bool isEarly) => status switch
    {
        X509ChainStatusFlags.NoError => 0,
        X509ChainStatusFlags.NotTimeValid => isEarly ? NotYetValid : Expired,
        X509ChainStatusFlags.Revoked => Revoked,
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.NotSignatureValid => NotTrusted,
        _ => Other,
    };

    /// <summary>The code of a handshake that failed.</summary>
    public static int Of(Exception failure)
    {
        if (failure is not AuthenticationException)
        {
            return EndOfConnection;
        }

        string text = failure.ToString();
        return Has("alert protocol version") || Has("unsupported protocol") ? NoCommonVersion
            : Has("alert") ? Alert
            : Has("wrong version number") || Has("packet") || Has("frame") ? NoTls
            : EndOfConnection;

        bool Has(string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
    }
}
