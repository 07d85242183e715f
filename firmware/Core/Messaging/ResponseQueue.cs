using System;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Messaging
{
    /// <summary>
    /// Responses on their way out: at once, or, to a request of a group, at a random moment. A few are kept; a response that
    /// the link does not take is dropped and counted: the same request gets it again.
    /// </summary>
    public sealed class ResponseQueue : MessageSource
    {
        /// <summary>Responses that may wait.</summary>
        public const int Capacity = 8;

        /// <summary>Bytes of payload that may wait.</summary>
        public const int MaxBytes = 4096;

        private readonly Response[] _responses = new Response[Capacity];
        private readonly long[] _dueAt = new long[Capacity];
        private readonly Topics _topics;
        private readonly Counters _counters;
        private int _count;
        private int _bytes;
        private long _now;

        /// <summary>Creates an empty queue.</summary>
        /// <param name="topics">Gives each client's topic.</param>
        /// <param name="counters">Counts responses that were dropped.</param>
        public ResponseQueue(Topics topics, Counters counters)
            : base(false, false)
        {
            _topics = topics;
            _counters = counters;
        }

        /// <summary>Uptime in milliseconds at which the next response is due; <see cref="long.MaxValue"/> without one.</summary>
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

        /// <summary>Whether nothing waits.</summary>
        public bool IsEmpty => _count == 0;

        /// <summary>Adds a response. Without room the one that is due next goes out at once.</summary>
        /// <param name="response">The response; its payload is at most <see cref="MaxBytes"/> long.</param>
        /// <param name="dueAt">Uptime in milliseconds at which it is published.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>False when there is no room.</returns>
        public bool TryAdd(Response response, long dueAt, long now)
        {
            _now = now;
            if (_count == Capacity || (_count > 0 && _bytes + response.Payload.Length > MaxBytes))
            {
                return false;
            }

            _responses[_count] = response;
            _dueAt[_count] = dueAt;
            _count++;
            _bytes += response.Payload.Length;
            IsWaiting = IsWaiting || dueAt <= now;
            return true;
        }

        /// <summary>Offers the responses whose moment has come.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="isUp">Whether there is a connection. Without one they are dropped.</param>
        public void Tick(long now, bool isUp)
        {
            _now = now;
            while (!isUp && Take(now) != null)
            {
                _counters.ResponsesDropped++;
            }

            IsWaiting = DueAt <= now;
        }

        /// <inheritdoc/>
        public override bool Encode(OutgoingMessage message)
        {
            _now = message.Now;
            Response response = Take(_now);
            if (response == null)
            {
                return false;
            }

            message.Topic = _topics.Response(response.Client);
            message.Payload = response.Payload;
            return true;
        }

        /// <inheritdoc/>
        public override void Acknowledged() => IsWaiting = DueAt <= _now;

        /// <inheritdoc/>
        public override void Failed()
        {
            _counters.ResponsesDropped++;
            IsWaiting = DueAt <= _now;
        }

        /// <summary>Takes a response that is due.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>The response, or null.</returns>
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
            Response response = _responses[index];
            _count--;
            Array.Copy(_responses, index + 1, _responses, index, _count - index);
            Array.Copy(_dueAt, index + 1, _dueAt, index, _count - index);
            _responses[_count] = null;
            _bytes -= response.Payload.Length;
            return response;
        }
    }
}
