using System.Reflection;
using Firmware.Platform;
using nanoFramework.M2Mqtt;

namespace Boards.Esp32
{
    /// <summary>
    /// Stands between M2Mqtt and its socket, and lets a message through only when the inbox has room for it. The client
    /// by itself takes in whatever the broker sends, acknowledges it and queues it without a bound, until the heap is full;
    /// what is left in the socket costs the device nothing. A message that is too large for the heap is acknowledged and
    /// skipped: the broker would send it again at each reconnection.
    /// </summary>
    internal sealed class ReceiveGate : IMqttNetworkChannel
    {
        private const int SkipBytes = 512;

        // MQTT 3.1.1, sections 2.2.1 and 3.3.1.
        private const int TypeMask = 0xF0;
        private const int PublishType = 0x30;
        private const int QosMask = 0x06;
        private const int AtLeastOnce = 0x02;
        private const byte PubackType = 0x40;

        private readonly IMqttNetworkChannel _channel;
        private readonly ILinkEventSink _sink;
        private readonly int _attempt;

        // Kept: running out of memory within the head of a packet would lose where the next one begins.
        private readonly byte[] _next = new byte[1];

        // What the client reads the first byte of each packet into: so a new packet is distinguished from the rest of one.
        private byte[] _first;

        // The bytes of the packet's length that the client has still to read, the next one lowest.
        private int _length;
        private int _lengthBytes;

        // Bytes of the packet that are still in the socket.
        private int _rest;

        private ReceiveGate(IMqttNetworkChannel channel, ILinkEventSink sink, int attempt)
        {
            _channel = channel;
            _sink = sink;
            _attempt = attempt;
        }

        /// <inheritdoc/>
        public bool DataAvailable => _channel.DataAvailable;

        /// <inheritdoc/>
        public bool ValidateServerCertificate
        {
            get => _channel.ValidateServerCertificate;
            set => _channel.ValidateServerCertificate = value;
        }

        /// <summary>Puts a gate into a client that is not connected yet.</summary>
        /// <param name="client">The client. It gives no access to its channel: one whose field has another name is left as it is.</param>
        /// <param name="sink">Has room or not.</param>
        /// <param name="attempt">Number of the attempt to connect.</param>
        internal static void Install(MqttClient client, ILinkEventSink sink, int attempt)
        {
            FieldInfo field = typeof(MqttClient).GetField("_channel", BindingFlags.NonPublic | BindingFlags.Instance);
            if (field != null)
            {
                field.SetValue(client, new ReceiveGate((IMqttNetworkChannel)field.GetValue(client), sink, attempt));
            }
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer)
        {
            _first = _first ?? buffer;
            if (buffer == _first)
            {
                return Next(buffer);
            }

            if (_lengthBytes != 0)
            {
                buffer[0] = (byte)_length;
                _length >>= 8;
                _lengthBytes--;
                return 1;
            }

            return Read(buffer) ? buffer.Length : 0;
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, int timeout) => _channel.Receive(buffer, timeout);

        /// <inheritdoc/>
        public int Send(byte[] buffer)
        {
            // The client's own lock does not know of the acknowledgements sent from here.
            lock (this)
            {
                return _channel.Send(buffer);
            }
        }

        /// <inheritdoc/>
        public void Close() => _channel.Close();

        /// <inheritdoc/>
        public void Connect() => _channel.Connect();

        /// <inheritdoc/>
        public void Accept() => _channel.Accept();

        private int Next(byte[] first)
        {
            // What the client left of the last packet, because it ran out of memory, is no packet of its own.
            bool isOpen = Skip(_rest);
            while (isOpen && _channel.Receive(first) != 0 && ReadLength())
            {
                if ((first[0] & TypeMask) != PublishType || _sink.Admit(_attempt, _rest))
                {
                    return 1;
                }

                isOpen = Discard((first[0] & QosMask) == AtLeastOnce);
            }

            return 0;
        }

        private bool ReadLength()
        {
            byte[] next = _next;
            int value = 0;
            _length = 0;
            for (int i = 0; i < 4 && _channel.Receive(next) != 0; i++)
            {
                _length |= next[0] << (8 * i);
                value |= (next[0] & 127) << (7 * i);
                if (next[0] < 128)
                {
                    _lengthBytes = i + 1;
                    _rest = value;
                    return true;
                }
            }

            return false;
        }

        private bool Discard(bool acknowledges)
        {
            byte[] number = new byte[2];
            if (!acknowledges)
            {
                return Skip(_rest);
            }

            return Read(number)
                && Skip((number[0] << 8) | number[1])
                && Read(number)
                && Skip(_rest)
                && Send(new byte[] { PubackType, 2, number[0], number[1] }) != 0;
        }

        private bool Skip(int count)
        {
            byte[] buffer = null;
            while (count > 0)
            {
                if (buffer == null || count < buffer.Length)
                {
                    buffer = new byte[count < SkipBytes ? count : SkipBytes];
                }

                if (!Read(buffer))
                {
                    return false;
                }

                count -= buffer.Length;
            }

            return true;
        }

        private bool Read(byte[] buffer)
        {
            _rest -= buffer.Length;
            return _channel.Receive(buffer) != 0;
        }
    }
}
