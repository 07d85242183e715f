using System;
using System.Threading;

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

        /// <summary>
        /// Bytes of the largest message that is received: a larger one is dropped and counted. A request has at most 4 KB;
        /// the rest is topic and header.
        /// </summary>
        public const int LargestMessage = 5120;

        // What the client holds of a message while it is on its way here is larger than the message.
        private const int MaxAdmitted = 3;

        // As many messages wait in the network in a row until the device has done all that came before; then what finds
        // no room is dropped, so that a flood ends within seconds.
        private const int MaxDelayed = 200;

        // A loop that takes nothing for 10 seconds does not hold up acknowledgements any longer.
        private const int MaxWaits = 100;
        private const int WaitMs = 100;
        private const int WaitsForLost = 20;

        // The client needs a large message twice, in one piece each.
        private const int LargeMessage = 512;
        private const int MemoryReserve = 2048;

        private readonly IClock _clock;
        private readonly object _lock = new object();
        private LinkEvent _first; // a list, in the order in which they came
        private LinkEvent _last;
        private int _messages;
        private int _bytes;
        private int _attempt;
        private int _admitted;
        private int _admittedBytes;
        private int _delayed;
        private readonly AutoResetEvent _taken = new AutoResetEvent(false);

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
        public bool Admit(int attempt, int bytes)
        {
            bool isDelayed = false;
            for (int i = 0; i < MaxWaits; i++)
            {
                lock (_lock)
                {
                    if (i >= WaitsForLost && _messages == 0)
                    {
                        // The client ran out of memory for what was admitted.
                        _admitted = 0;
                        _admittedBytes = 0;
                    }

                    bool isIdle = _messages + _admitted == 0;
                    int room = Judge(attempt, bytes);
                    if (room == 0 && HasMemory(bytes))
                    {
                        _delayed = isDelayed ? _delayed + 1 : isIdle ? 0 : _delayed;
                        _admitted++;
                        _admittedBytes += bytes;
                        return true;
                    }

                    // With room, but too little memory, a wait helps only while there is something to be done.
                    if (room == 0 ? isIdle && (isDelayed || _delayed > MaxDelayed) : room < 0)
                    {
                        if (room == 0)
                        {
                            _delayed = MaxDelayed + 1;
                        }

                        break;
                    }
                }

                isDelayed = true;
                _taken.WaitOne(WaitMs, false);
            }

            lock (_lock)
            {
                Dropped++;
            }

            return false;
        }

        /// <summary>Whether there is room for a message.</summary>
        /// <param name="attempt">The connection through which it comes.</param>
        /// <param name="bytes">Of its packet.</param>
        /// <returns>0: there is; 1: it waits for some; -1: it does not wait.</returns>
        public int Judge(int attempt, int bytes)
        {
            if (attempt == _attempt && _admitted < MaxAdmitted && _messages + _admitted < MaxMessages && _bytes + _admittedBytes + bytes <= LargestMessage)
            {
                return 0;
            }

            return attempt < _attempt || bytes > LargestMessage || (_delayed > MaxDelayed && _messages != 0) ? -1 : 1;
        }

        /// <inheritdoc/>
        public void Post(LinkEvent item)
        {
            lock (_lock)
            {
                if (item.Kind == LinkEventKind.LinkUp && item.Attempt > _attempt)
                {
                    // What was admitted before and did not arrive is lost with its connection.
                    _attempt = item.Attempt;
                    _admitted = 0;
                    _admittedBytes = 0;
                    _taken.Set();
                }
                else if (item.Kind == LinkEventKind.Message)
                {
                    _admitted -= _admitted == 0 ? 0 : 1;
                    _admittedBytes = _admitted == 0 ? 0 : _admittedBytes;
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
                    _taken.Set();
                }

                return item;
            }
        }

        private static bool HasMemory(int bytes)
        {
            try
            {
                return bytes < LargeMessage || Allocate((2 * bytes) + MemoryReserve);
            }
            catch (Exception)
            {
                return false;
            }
        }

        // On its own: an exception for lack of memory is not always caught in the method in which it occurs.
        private static bool Allocate(int bytes) => new byte[bytes].Length != 0;
    }
}
