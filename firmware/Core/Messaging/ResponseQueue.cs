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

        private readonly Topics _topics;
        private readonly Counters _counters;
        private Response _first; // a list, in the order in which they came
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
                for (Response response = _first; response != null; response = response.Next)
                {
                    due = response.DueAt < due ? response.DueAt : due;
                }

                return due;
            }
        }

        /// <summary>Whether nothing waits.</summary>
        public bool IsEmpty => _first == null;

        /// <summary>
        /// Uptime in milliseconds at which the next response is due that a restart waits for;
        /// <see cref="long.MaxValue"/> without one. Who may only read cannot put a restart off.
        /// </summary>
        public long HoldsUntil
        {
            get
            {
                long due = long.MaxValue;
                for (Response response = _first; response != null; response = response.Next)
                {
                    due = response.DueAt < due && !response.IsToQuery ? response.DueAt : due;
                }

                return due;
            }
        }

        /// <summary>Whether a response may wait.</summary>
        /// <param name="length">Bytes of its payload.</param>
        public bool HasRoom(int length)
        {
            int count = 0;
            for (Response waiting = _first; waiting != null; waiting = waiting.Next)
            {
                count++;
                length += waiting.Payload.Length;
            }

            return count == 0 || (count < Capacity && length <= MaxBytes);
        }

        /// <summary>Adds a response.</summary>
        /// <param name="response">The response; its payload is at most <see cref="MaxBytes"/> long.</param>
        /// <param name="dueAt">Uptime in milliseconds at which it is published.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>False when there is no room.</returns>
        public bool TryAdd(Response response, long dueAt, long now)
        {
            _now = now;
            if (!HasRoom(response.Payload.Length))
            {
                return false;
            }

            Response last = null;
            for (Response waiting = _first; waiting != null; waiting = waiting.Next)
            {
                last = waiting;
            }

            response.DueAt = dueAt;
            Link(last, response);
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
            Response last = null;
            for (Response response = _first; response != null; response = response.Next)
            {
                if (response.DueAt <= now)
                {
                    Link(last, response.Next);
                    response.Next = null;
                    return response;
                }

                last = response;
            }

            return null;
        }

        private void Link(Response last, Response next)
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
    }
}
