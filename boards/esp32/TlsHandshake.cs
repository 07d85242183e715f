using System;
using System.Net.Security;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using Firmware.Platform;
using nanoFramework.Hardware.Esp32;
using IPEndPoint = System.Net.IPEndPoint;

namespace Boards.Esp32
{
    /// <summary>
    /// The TLS handshake of one attempt to connect, and why it failed. On the platform it is one native call without a time
    /// limit, in which all threads stand still.
    /// </summary>
    internal sealed class TlsHandshake
    {
        private const int ProbeTimeoutMs = 10000;
        private const int ProbeLength = 50;

        // Native bytes that a handshake takes at its height, and its largest block: the buffer of what comes in.
        private const uint HandshakeBytes = 41000;
        private const uint BufferBytes = 17000;

        // lwIP's numbers of TCP_KEEPIDLE, TCP_KEEPINTVL (seconds) and TCP_KEEPCNT: the platform passes on what it does not know.
        private const int KeepIdle = 3;
        private const int KeepInterval = 4;
        private const int KeepCount = 5;

        private readonly BrokerAddress _broker;
        private readonly ICredentials _credentials;

        internal TlsHandshake(BrokerAddress broker, ICredentials credentials)
        {
            _broker = broker;
            _credentials = credentials;
        }

        // The certificates, from reading them until the handshake is over.
        internal X509Certificate Ca;
        internal X509Certificate2 Own;

        // In words, or null.
        internal string Failure;

        // Free native bytes before and after, for the log.
        internal string Memory;

        /// <summary>Reads the certificates.</summary>
        internal void Load()
        {
            Failure = "no memory for certificates";
            Ca = _broker.Ca == null ? null : Parse(_broker.Ca, false);
            Own = _broker.Credential == null ? null : (X509Certificate2)Parse(_broker.Credential, true);
            Failure = null;
        }

        /// <summary>
        /// Asks on a connection of its own whether anything answers: a broker that accepts a connection and then stays silent
        /// would stop the device in the handshake, but not here.
        /// </summary>
        /// <param name="remote">The broker.</param>
        internal void Probe(IPEndPoint remote)
        {
            // A ClientHello of TLS 1.0 (RFC 2246, section 7.4.1.2), which costs the server no more than an alert.
            byte[] hello = new byte[ProbeLength];
            hello[0] = 22;
            hello[1] = 3;
            hello[2] = 1;
            hello[4] = ProbeLength - 5;
            hello[5] = 1;
            hello[8] = ProbeLength - 9;
            hello[9] = 3;
            hello[10] = 1;
            hello[45] = 2;
            hello[47] = 0x2F;
            hello[48] = 1;
            using Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(remote);
            socket.Send(hello);

            // A peer that closes is not silent.
            if (!socket.Poll(ProbeTimeoutMs * 1000, SelectMode.SelectRead))
            {
                Failure = "TLS: the broker accepts the connection and does not answer";
                throw new InvalidOperationException();
            }
        }

        /// <summary>Encrypts a connection.</summary>
        /// <param name="socket">Connected.</param>
        /// <returns>What was negotiated: closing it closes the socket.</returns>
        internal NetworkStream Run(Socket socket)
        {
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out _, out uint before, out uint largest);
            SslStream stream = new SslStream(socket);
            try
            {
                KeepAlive(socket);
                stream.AuthenticateAsClient(_broker.HostName ?? _broker.Host, Own, Ca, SslProtocols.Tls12 | SslProtocols.Tls13);
                NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out _, out uint after, out _);
                Memory = "TLS: " + before + " bytes free natively before, " + after + " after";
                return stream;
            }
            catch (Exception e)
            {
                // Without memory the platform gives codes of its own, which are flags of a wrong certificate too.
                bool isShort = before < HandshakeBytes || largest < BufferBytes || e is OutOfMemoryException;
                Failure = "TLS: " + TlsFailure.Describe(isShort ? TlsFailure.NoMemory : CodeOf(e)) + ", " + before + " bytes free natively";
                throw;
            }
            finally
            {
                Ca = null;
                Own = null;
            }
        }

        // A peer that vanishes ends the handshake after 25 s, and what is read of one record later, which stops all threads too.
        private static void KeepAlive(Socket socket)
        {
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                socket.SetSocketOption(SocketOptionLevel.Tcp, (SocketOptionName)KeepIdle, 10);
                socket.SetSocketOption(SocketOptionLevel.Tcp, (SocketOptionName)KeepInterval, 5);
                socket.SetSocketOption(SocketOptionLevel.Tcp, (SocketOptionName)KeepCount, 3);
            }
            catch (SocketException)
            {
                // It works without.
            }
        }

        private X509Certificate Parse(string name, bool hasKey)
        {
            byte[] pem = _credentials == null ? null : _credentials.Read(name);
            if (pem == null)
            {
                Failure = "TLS: credential \"" + name + "\" is not stored";
                throw new InvalidOperationException();
            }

            // mbedTLS knows PEM by its terminator.
            byte[] terminated = new byte[pem.Length + 1];
            pem.CopyTo(terminated, 0);
            try
            {
                return hasKey ? new X509Certificate2(terminated, terminated, string.Empty) : new X509Certificate(terminated);
            }
            catch (Exception e)
            {
                Failure = e is OutOfMemoryException ? Failure : "TLS: credential \"" + name + "\" cannot be read";
                throw;
            }
        }

        // By its name: CryptographicException came with System.Net 1.11.60, SocketException has the code before.
        private static int CodeOf(Exception e)
        {
            MethodInfo code = e.GetType().GetMethod("get_ErrorCode");
            return code == null ? 0 : (int)code.Invoke(e, null);
        }
    }
}
