using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Firmware.Platform;
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
        private readonly ILinkEventSink _sink;
        private readonly int _attempt;
        private Socket _socket;

        private BrokerChannel(IPEndPoint remote, ILinkEventSink sink, int attempt)
        {
            _remote = remote;
            _sink = sink;
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
        /// <param name="sink">Has room or not.</param>
        /// <param name="attempt">Number of the attempt to connect.</param>
        internal static void Install(MqttClient client, ILinkEventSink sink, int attempt)
        {
            FieldInfo field = typeof(MqttClient).GetField("_channel", BindingFlags.NonPublic | BindingFlags.Instance);
            MqttNetworkChannel own = field == null ? null : field.GetValue(client) as MqttNetworkChannel;
            if (own != null)
            {
                // The client has resolved the name already.
                IPEndPoint remote = new IPEndPoint(own.RemoteIpAddress, own.RemotePort);
                field.SetValue(client, new BrokerChannel(remote, sink, attempt));
            }
        }

        /// <inheritdoc/>
        public void Connect()
        {
            Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

            // Before anything that can fail: the client closes what it has.
            _socket = socket;
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
            socket.Connect(_remote);
        }

        /// <inheritdoc/>
        public int Send(byte[] buffer)
        {
            // The client's own lock does not know of the acknowledgements sent from here.
            lock (this)
            {
                return _socket.Send(buffer);
            }
        }

        /// <inheritdoc/>
        public void Close()
        {
            Socket socket = _socket;
            _socket = null;
            if (socket != null)
            {
                socket.Close();
            }
        }

        /// <inheritdoc/>
        public void Accept()
        {
        }
    }
}
