using System.Net;
using System.Net.Sockets;
using System.Reflection;
using nanoFramework.M2Mqtt;

namespace Boards.Esp32
{
    /// <summary>
    /// The connection below M2Mqtt, in place of the client's own. What is sent leaves at once: the client's own leaves
    /// Nagle's algorithm on (RFC 896), where a response waits until the broker's host has acknowledged the PUBACK before it,
    /// 40 ms later. And it takes in no more than there is memory for.
    /// </summary>
    internal sealed partial class BrokerChannel : IMqttNetworkChannel
    {
        private readonly IPEndPoint _remote;
        private readonly MqttAttempt _attempt;
        private Socket _socket;
        private NetworkStream _stream; // null without TLS

        internal BrokerChannel(IPEndPoint remote, MqttAttempt attempt)
        {
            _remote = remote;
            _attempt = attempt;
        }

        /// <inheritdoc/>
        public bool DataAvailable => _socket.Available > 0;

        /// <inheritdoc/>
        public bool ValidateServerCertificate
        {
            get => true;
            set { }
        }

        /// <summary>Puts a channel into a client that is not connected yet.</summary>
        /// <param name="client">The client. It gives no access to its own: where that is another than expected, it keeps it.</param>
        /// <param name="attempt">Whose client it is.</param>
        /// <returns>Whether it has the channel: the client works without, as it was delivered.</returns>
        internal static bool Install(MqttClient client, MqttAttempt attempt)
        {
            FieldInfo field = typeof(MqttClient).GetField("_channel", BindingFlags.NonPublic | BindingFlags.Instance);
            MqttNetworkChannel own = field == null ? null : field.GetValue(client) as MqttNetworkChannel;
            if (own == null)
            {
                return false;
            }

            // The client has resolved the name already.
            IPEndPoint remote = new IPEndPoint(own.RemoteIpAddress, own.RemotePort);
            field.SetValue(client, new BrokerChannel(remote, attempt));
            return true;
        }

        /// <inheritdoc/>
        public void Connect()
        {
            TlsHandshake tls = _attempt.Tls;
            if (tls != null)
            {
                tls.Probe(_remote);
            }

            Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

            // Before anything that can fail: the client closes what it has.
            _socket = socket;
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
            socket.Connect(_remote);
            if (tls != null)
            {
                _stream = tls.Run(socket);
            }
        }

        /// <inheritdoc/>
        public int Send(byte[] buffer)
        {
            // The client's own lock does not know of the acknowledgements sent from here.
            lock (this)
            {
                if (_stream == null)
                {
                    return _socket.Send(buffer);
                }

                _stream.Write(buffer, 0, buffer.Length);
                _rest = _rest < 0 ? 0 : _rest;
                return buffer.Length;
            }
        }

        /// <inheritdoc/>
        public void Close()
        {
            Socket socket = _socket;
            _socket = null;
            if (socket != null)
            {
                if (_stream != null)
                {
                    _stream.Close();
                }

                socket.Close();
            }
        }

        /// <inheritdoc/>
        public void Accept()
        {
        }
    }
}
