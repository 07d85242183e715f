using Firmware.Platform;

namespace Firmware.Messaging
{
    /// <summary>
    /// Remembers the last responses of methods that are <see cref="IOnce"/>, so that a request that comes twice (QoS 1, an
    /// impatient client) is carried out once.
    /// </summary>
    public sealed class ReplayMemory
    {
        /// <summary>Responses that are remembered at most.</summary>
        public const int Capacity = 8;

        /// <summary>Bytes of responses that are remembered at most.</summary>
        public const int MaxBytes = 4096;

        /// <summary>Milliseconds after which the same bytes are another request, unless the broker repeats it.</summary>
        public const long Lifetime = 60000;

        // A list, the oldest first: most devices remember one response or none.
        private Entry _first;

        /// <summary>Finds the response to a request.</summary>
        /// <param name="key">The client, and a sum of the bytes.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="isDuplicate">Whether the broker has sent it before: then it is the same request at any time.</param>
        /// <returns>The response, or null.</returns>
        public byte[] Find(string key, long now, bool isDuplicate)
        {
            for (Entry entry = _first; entry != null; entry = entry.Next)
            {
                if (entry.Key == key)
                {
                    return isDuplicate || now - entry.Time < Lifetime ? entry.Answer : null;
                }
            }

            return null;
        }

        /// <summary>Remembers a response; the oldest ones make room.</summary>
        /// <param name="key">The client, and a sum of the bytes.</param>
        /// <param name="answer">The response.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Add(string key, byte[] answer, long now)
        {
            int count = 0;
            int bytes = answer.Length;
            for (Entry entry = _first; entry != null; entry = entry.Next)
            {
                count++;
                bytes += entry.Answer.Length;
            }

            Entry last = null;
            for (Entry entry = _first; entry != null; entry = entry.Next)
            {
                if (count >= Capacity || bytes > MaxBytes || entry.Key == key)
                {
                    count--;
                    bytes -= entry.Answer.Length;
                    Link(last, entry.Next);
                }
                else
                {
                    last = entry;
                }
            }

            Link(last, new Entry(key, answer, now));
        }

        private void Link(Entry last, Entry next)
        {
            if (last == null)
            {
                _first = next;
            }
            else
            {
                last.Next = next;
            }
        }

        private sealed class Entry
        {
            internal readonly string Key;
            internal readonly byte[] Answer;
            internal readonly long Time;
            internal Entry Next;

            internal Entry(string key, byte[] answer, long time)
            {
                Key = key;
                Answer = answer;
                Time = time;
            }
        }
    }
}
