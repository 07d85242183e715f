#if NANOFRAMEWORK_1_0
using System;
#else
// The desktop's clock is not that of the simulated chip.
using DateTime = nanoFramework.Emulation.DateTime;
#endif

namespace Boards.Esp32
{
    /// <summary>What the platform says about a failed handshake, in words.</summary>
    internal static class TlsFailure
    {
        /// <summary>MBEDTLS_ERR_SSL_ALLOC_FAILED.</summary>
        internal const int NoMemory = -0x7F00;

        // Mbed TLS 3.6, x509.h: positive codes are flags of what is wrong with the certificate.
        private const int Expired = 0x01;
        private const int Revoked = 0x02;
        private const int WrongName = 0x04;
        private const int NotTrusted = 0x08;
        private const int NotYetValid = 0x0200;
        private const int Weak = 0x01C000;

        // ssl.h, net_sockets.h, x509.h, pk.h.
        private const int Alert = -0x7780;
        private const int NoCommonVersion = -0x6E80;
        private const int NoCommonCipher = -0x6E00;
        private const int NoTls = -0x7200;
        private const int EndOfConnection = -0x7280;
        private const int CloseNotify = -0x7880;
        private const int Reset = -0x0050;
        private const int ReceiveFailed = -0x004C;
        private const int SendFailed = -0x004E;
        private const int NoMemoryForNumbers = -0x0010;
        private const int NoMemoryForCertificate = -0x2880;
        private const int NoMemoryForKey = -0x3F80;

        /// <summary>Describes a code.</summary>
        /// <param name="code">Positive: flags of the verification; negative: an error of Mbed TLS; 0: unknown.</param>
        /// <returns>Text with the code where it says more.</returns>
        internal static string Describe(int code)
        {
            string clock = " (the device's time is " + DateTime.UtcNow.ToString("u") + ")";

            // A wrong clock makes the other flags doubtful, so it comes first.
            return code > 0
                ? (code & NotYetValid) != 0 ? "the broker's certificate is not yet valid" + clock
                    : (code & Expired) != 0 ? "the broker's certificate has expired" + clock
                    : (code & Revoked) != 0 ? "the broker's certificate is revoked"
                    : (code & WrongName) != 0 ? "the broker's certificate has another name"
                    : (code & NotTrusted) != 0 ? "the broker's certificate is signed by an unknown authority"
                    : (code & Weak) != 0 ? "the broker's certificate is too weak (flags " + code + ")"
                    : "the broker's certificate is not valid (flags " + code + ")"
                : code == NoMemory || code == NoMemoryForNumbers || code == NoMemoryForCertificate || code == NoMemoryForKey ? "no memory"
                : code == Alert || code == EndOfConnection || code == CloseNotify || code == Reset
                    ? "the broker ended the handshake: it may not know our certificate, or not speak TLS here"
                : code == NoCommonVersion || code == NoCommonCipher ? "the broker has no version or cipher in common"
                : code == NoTls ? "the broker does not speak TLS on this port"
                : code == ReceiveFailed || code == SendFailed ? "the broker stopped answering"
                : "the handshake failed (code " + code + ")";
        }
    }
}
