using System.Text;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A serial line at whose other end the test stands.</summary>
    public sealed class TextLine : ISerialPort
    {
        private readonly ReceivedBytes _in = new ReceivedBytes();

        /// <summary>Gets the signals.</summary>
        public ILinkEventSink Sink
        {
            get => _in.Sink;
            set => _in.Sink = value;
        }

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

        public int Read(byte[] buffer) => _in.Read(buffer, buffer.Length);

        public void Close()
        {
        }

        /// <summary>Text arrives.</summary>
        public void Come(string text) => _in.Add(Encoding.UTF8.GetBytes(text));
    }
}
