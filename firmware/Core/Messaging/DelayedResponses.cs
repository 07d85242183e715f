using System;

namespace Firmware.Messaging
{
    /// <summary>
    /// Answers to a group that wait for their moment, so that its members do not all speak at once. A few of them: what
    /// does not fit goes out at once.
    /// </summary>
    public sealed class DelayedResponses
    {
        /// <summary>Answers that may wait.</summary>
        public const int Capacity = 8;

        /// <summary>Bytes of answers that may wait.</summary>
        public const int MaxBytes = 4096;

        private readonly Response[] _answers = new Response[Capacity];
        private readonly long[] _dueAt = new long[Capacity];
        private int _count;
        private int _bytes;

        /// <summary>Uptime in milliseconds at which <see cref="Take"/> gives one.</summary>
        public long DueAt
        {
            get
            {
                long due = long.MaxValue;
                for (int i = 0; i < _count; i++)
                {
                    due = _dueAt[i] < due ? _dueAt[i] : due;
                }

                return due;
            }
        }

        /// <summary>Keeps an response.</summary>
        /// <param name="response">The response.</param>
        /// <param name="dueAt">Uptime in milliseconds at which it is to go.</param>
        /// <returns>False when there is no room.</returns>
        public bool TryAdd(Response response, long dueAt)
        {
            if (_count == Capacity || _bytes + response.Payload.Length > MaxBytes)
            {
                return false;
            }

            _answers[_count] = response;
            _dueAt[_count] = dueAt;
            _count++;
            _bytes += response.Payload.Length;
            return true;
        }

        /// <summary>Gives an answer whose moment has come.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>The answer, or null when none is due.</returns>
        public Response Take(long now)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_dueAt[i] <= now)
                {
                    return RemoveAt(i);
                }
            }

            return null;
        }

        private Response RemoveAt(int index)
        {
            Response response = _answers[index];
            _count--;
            Array.Copy(_answers, index + 1, _answers, index, _count - index);
            Array.Copy(_dueAt, index + 1, _dueAt, index, _count - index);
            _answers[_count] = null;
            _bytes -= response.Payload.Length;
            return response;
        }
    }
}
