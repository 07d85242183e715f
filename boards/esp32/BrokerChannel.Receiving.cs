using System.Net.Sockets;
using System.Threading;

namespace Boards.Esp32
{
    /// <content>
    /// What comes in. A message passes only when the inbox has room for it: the client by itself takes in whatever the broker
    /// sends, acknowledges it and queues it without a bound, until the heap is full; what is left in the socket costs the
    /// device nothing. A message that is too large for the heap is acknowledged and skipped: the broker would send it again at
    /// each reconnection.
    /// </content>
    internal sealed partial class BrokerChannel
    {
        private const int SkipBytes = 512;
        private const int SendPauseMs = 10;

        // MQTT 3.1.1, sections 2.2.1 and 3.3.1.
        private const int TypeMask = 0xF0;
        private const int PublishType = 0x30;
        private const int QosMask = 0x06;
        private const int AtLeastOnce = 0x02;
        private const byte PubackType = 0x40;

        // Kept: running out of memory within the head of a packet would lose where the next one begins.
        private readonly byte[] _next = new byte[1];

        // What the client reads the first byte of each packet into: so a new packet is distinguished from the rest of one.
        private byte[] _first;

        // The bytes of the packet's length that the client has still to read, the next one lowest.
        private int _length;
        private int _lengthBytes;

        // Bytes of the packet that are still in the socket; below 0 with TLS before CONNECT is sent.
        private int _rest = -1;

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
        public int Receive(byte[] buffer, int timeout) => Receive(buffer); // the client sets no timeout

        private int Next(byte[] first)
        {
            // The session tickets of TLS 1.3 may be there already: reading them stops all threads until more comes, and
            // nothing comes before CONNECT is sent.
            while (_rest < 0 && _stream != null && _socket != null)
            {
                Thread.Sleep(SendPauseMs);
            }

            // What the client left of the last packet, because it ran out of memory, is no packet of its own.
            bool isOpen = Skip(_rest);
            while (isOpen && Fill(first) && ReadLength())
            {
                if ((first[0] & TypeMask) != PublishType || _attempt.Signals.Admit(_attempt.Number, _rest))
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
            for (int i = 0; i < 4 && Fill(next); i++)
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
            return Fill(buffer);
        }

        // False at the end of the connection.
        private bool Fill(byte[] buffer)
        {
            int at = 0;
            while (at < buffer.Length)
            {
                // The client closes while its thread waits here.
                Socket socket = _socket;
                int count = socket == null ? 0
                    : _stream == null ? socket.Receive(buffer, at, buffer.Length - at, SocketFlags.None)
                    : _stream.Read(buffer, at, buffer.Length - at);
                if (count <= 0)
                {
                    return false;
                }

                at += count;
            }

            return true;
        }
    }
}
