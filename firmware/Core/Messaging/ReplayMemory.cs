using Firmware.Platform;

namespace Firmware.Messaging
{
    /// <summary>
    /// Remembers the last answers, so that a request that comes twice (QoS 1, an impatient asker) is carried out once.
    /// Those to an <see cref="IQuery"/> are not among them.
    /// </summary>
    public sealed class ReplayMemory
    {
        /// <summary>Answers that are remembered at most.</summary>
        public const int Capacity = 8;

        /// <summary>Bytes of answers that are remembered at most.</summary>
        public const int MaxBytes = 4096;

        /// <summary>Milliseconds after which an id may be used anew.</summary>
        public const long Lifetime = 300000;

        private readonly string[] _keys = Texts.New(Capacity);
        private readonly byte[][] _answers = new byte[Capacity][];
        private readonly long[] _times = new long[Capacity];
        private int _next;
        private int _bytes;

        /// <summary>Finds an answer.</summary>
        /// <param name="key">Asker, method and id.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>The answer, or null.</returns>
        public byte[] Find(string key, long now)
        {
            for (int i = 0; i < Capacity; i++)
            {
                if (_keys[i] == key)
                {
                    return now - _times[i] < Lifetime ? _answers[i] : null;
                }
            }

            return null;
        }

        /// <summary>Remembers an answer; the oldest ones make room.</summary>
        /// <param name="key">Asker, method and id.</param>
        /// <param name="answer">The answer.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Add(string key, byte[] answer, long now)
        {
            Forget(_next);
            for (int i = 1; i < Capacity; i++)
            {
                int oldest = (_next + i) % Capacity;
                if (_bytes + answer.Length > MaxBytes || _keys[oldest] == key)
                {
                    Forget(oldest);
                }
            }

            _keys[_next] = key;
            _answers[_next] = answer;
            _times[_next] = now;
            _bytes += answer.Length;
            _next = (_next + 1) % Capacity;
        }

        private void Forget(int index)
        {
            if (_keys[index] != null)
            {
                _bytes -= _answers[index].Length;
                _keys[index] = null;
                _answers[index] = null;
            }
        }
    }
}
