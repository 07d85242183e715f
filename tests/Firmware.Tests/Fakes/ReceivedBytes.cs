using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>What has come over a serial line and was not read yet. As a port does, it signals once until it is read.</summary>
    public sealed class ReceivedBytes
    {
        private byte[] _bytes = new byte[0];
        private bool _isSignaled;

        /// <summary>Gets the signals.</summary>
        public ILinkEventSink Sink { get; set; }

        /// <summary>Bytes arrive.</summary>
        public void Add(byte[] bytes)
        {
            byte[] all = new byte[_bytes.Length + bytes.Length];
            _bytes.CopyTo(all, 0);
            bytes.CopyTo(all, _bytes.Length);
            _bytes = all;
            if (!_isSignaled && Sink != null)
            {
                _isSignaled = true;
                Sink.Post(new LinkEvent(LinkEventKind.Signal, 0));
            }
        }

        /// <summary>Takes what has come.</summary>
        /// <param name="buffer">Receives it.</param>
        /// <param name="most">At most so many bytes.</param>
        /// <returns>How many.</returns>
        public int Read(byte[] buffer, int most)
        {
            int count = _bytes.Length < most ? _bytes.Length : most;
            System.Array.Copy(_bytes, buffer, count);
            byte[] rest = new byte[_bytes.Length - count];
            System.Array.Copy(_bytes, count, rest, 0, rest.Length);
            _bytes = rest;
            _isSignaled = count > 0;
            return count;
        }
    }
}
