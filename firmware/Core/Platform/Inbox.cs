using System.Collections;

namespace Firmware.Platform
{
    /// <summary>
    /// Where callbacks of any thread leave what happened, for the loop to take. The only lock of the firmware.
    /// Messages are bounded, because anybody may send them; the rest is bounded by what the device itself began.
    /// </summary>
    public sealed class Inbox : ILinkEventSink
    {
        /// <summary>Messages that may wait: more are dropped and counted.</summary>
        public const int MaxMessages = 24; // More than one asker may ask at once.

        /// <summary>Bytes of payload that may wait: more are dropped and counted.</summary>
        public const int MaxMessageBytes = 8192;

        private readonly IClock _clock;
        private readonly Queue _signals = new Queue();
        private int _messages;
        private int _bytes;
        private int _dropped;

        /// <summary>Creates an inbox.</summary>
        /// <param name="clock">Its wait is ended by whatever comes in.</param>
        public Inbox(IClock clock)
        {
            _clock = clock;
        }

        /// <summary>Messages that found no room.</summary>
        public int Dropped => _dropped;

        /// <summary>Whether nothing waits.</summary>
        public bool IsEmpty
        {
            get
            {
                lock (_signals)
                {
                    return _signals.Count == 0;
                }
            }
        }

        /// <inheritdoc/>
        public void Post(LinkEvent signal)
        {
            lock (_signals)
            {
                if (signal.Kind == LinkEventKind.Message)
                {
                    int length = signal.Payload.Length;
                    if (_messages >= MaxMessages || _bytes + length > MaxMessageBytes)
                    {
                        _dropped++;
                        return;
                    }

                    _messages++;
                    _bytes += length;
                }

                _signals.Enqueue(signal);
            }

            _clock.Wake();
        }

        /// <summary>Takes the oldest signal.</summary>
        /// <returns>The signal, or null when there is none.</returns>
        public LinkEvent Take()
        {
            lock (_signals)
            {
                if (_signals.Count == 0)
                {
                    return null;
                }

                LinkEvent signal = (LinkEvent)_signals.Dequeue();
                if (signal.Kind == LinkEventKind.Message)
                {
                    _messages--;
                    _bytes -= signal.Payload.Length;
                }

                return signal;
            }
        }
    }
}
