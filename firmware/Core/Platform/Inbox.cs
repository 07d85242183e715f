namespace Firmware.Platform
{
    /// <summary>
    /// Where callbacks of any thread leave what happened, for the loop to take. The only lock of the firmware.
    /// Messages are bounded, because any client may send them; the rest is bounded by what the device itself began.
    /// </summary>
    public sealed class Inbox : ILinkEventSink
    {
        /// <summary>Messages that may wait: more are dropped and counted.</summary>
        public const int MaxMessages = 24; // More than the burst of one client.

        /// <summary>Bytes of payload that may wait: more are dropped and counted.</summary>
        public const int MaxMessageBytes = 8192;

        private readonly IClock _clock;
        private readonly object _lock = new object();
        private LinkEvent _first; // a list, in the order in which they came
        private LinkEvent _last;
        private int _messages;
        private int _bytes;

        /// <summary>Creates an inbox.</summary>
        /// <param name="clock">Each event ends its wait.</param>
        public Inbox(IClock clock)
        {
            _clock = clock;
        }

        /// <summary>Messages that found no room.</summary>
        public int Dropped;

        /// <summary>Whether nothing waits.</summary>
        /// <remarks>Without the lock: who posts wakes the loop afterwards.</remarks>
        public bool IsEmpty = true;

        /// <inheritdoc/>
        public void Post(LinkEvent item)
        {
            lock (_lock)
            {
                if (item.Kind == LinkEventKind.Message)
                {
                    int length = item.Payload.Length;
                    if (_messages >= MaxMessages || _bytes + length > MaxMessageBytes)
                    {
                        Dropped++;
                        return;
                    }

                    _messages++;
                    _bytes += length;
                }

                if (_first == null)
                {
                    _first = item;
                    IsEmpty = false;
                }
                else
                {
                    _last.Next = item;
                }

                _last = item;
            }

            _clock.Wake();
        }

        /// <summary>Takes the oldest item.</summary>
        /// <returns>The item, or null when there is none.</returns>
        public LinkEvent Take()
        {
            lock (_lock)
            {
                LinkEvent item = _first;
                if (item == null)
                {
                    return null;
                }

                // Not linked any more: it would keep alive what came after it.
                LinkEvent next = item.Next;
                item.Next = null;
                _first = next;
                IsEmpty = next == null;
                if (item.Kind == LinkEventKind.Message)
                {
                    _messages--;
                    _bytes -= item.Payload.Length;
                }

                return item;
            }
        }
    }
}
