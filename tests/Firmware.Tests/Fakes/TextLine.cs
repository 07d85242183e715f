using System.Text;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A serial line at whose other end the test stands.</summary>
    public sealed class TextLine : ISerialPort
    {
        private byte[] _in = new byte[0];
        private bool _isSignaled;

        /// <summary>Gets the signals.</summary>
        public ILinkEventSink Sink { get; set; }

        /// <summary>Whether the line can be opened.</summary>
        public bool Opens { get; set; } = true;

        /// <summary>How the line was opened last: "9600 0 1".</summary>
        public string Parameters { get; private set; }

        /// <summary>How often it was opened.</summary>
        public int Openings { get; private set; }

        /// <summary>All that was sent.</summary>
        public string Sent { get; private set; } = string.Empty;

        public bool Open(int baud, int parity, int stopBits)
        {
            Parameters = baud + " " + parity + " " + stopBits;
            Openings++;
            return Opens;
        }

        public bool Write(byte[] data, int count)
        {
            Sent += Encoding.UTF8.GetString(data, 0, count);
            return true;
        }

        public int Read(byte[] buffer)
        {
            int count = _in.Length < buffer.Length ? _in.Length : buffer.Length;
            System.Array.Copy(_in, buffer, count);
            byte[] rest = new byte[_in.Length - count];
            System.Array.Copy(_in, count, rest, 0, rest.Length);
            _in = rest;
            _isSignaled = count > 0;
            return count;
        }

        public void Close()
        {
        }

        /// <summary>Text arrives.</summary>
        public void Come(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            byte[] all = new byte[_in.Length + bytes.Length];
            _in.CopyTo(all, 0);
            bytes.CopyTo(all, _in.Length);
            _in = all;
            if (!_isSignaled && Sink != null)
            {
                _isSignaled = true;
                Sink.Post(new LinkEvent(LinkEventKind.Signal, 0));
            }
        }
    }
}
