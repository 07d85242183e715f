using Firmware.Connectivity;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware
{
    /// <summary>The way of a request: carried out as it comes, answered at once, or, to a group, at a moment of chance.</summary>
    internal sealed class Pull
    {
        private readonly IClock _clock;
        private readonly Counters _counters;
        private readonly Connection _connection;
        private readonly Topics _topics;
        private readonly RequestRouter _router;
        private readonly Jitter _jitter;
        private readonly DelayedResponses _delayed = new DelayedResponses();

        internal Pull(Parts parts, RequestRouter router)
        {
            _clock = parts.Hardware.Clock;
            _counters = parts.Counters;
            _connection = parts.Connection;
            _topics = parts.Topics;
            _router = router;
            _jitter = parts.CreateJitter();
        }

        /// <summary>Uptime in milliseconds at which there is an response to send.</summary>
        internal long DueAt => _delayed.DueAt;

        /// <summary>Whether an response still waits for its moment.</summary>
        internal bool IsWaiting => DueAt != long.MaxValue;

        /// <summary>Carries out a request.</summary>
        internal void Take(LinkEvent message)
        {
            Response response = _router.Handle(message.Payload, message.IsRetained, _topics.IsGroup(message.Topic));
            if (response == null)
            {
                return;
            }

            long dueAt = _clock.Uptime + (response.Spread == 0 ? 0 : _jitter.Next(response.Spread * 1000));
            if (dueAt <= _clock.Uptime || !_delayed.TryAdd(response, dueAt))
            {
                Send(response);
            }
        }

        /// <summary>Sends the answers whose moment has come.</summary>
        internal void Tick()
        {
            for (Response response = _delayed.Take(_clock.Uptime); response != null; response = _delayed.Take(_clock.Uptime))
            {
                Send(response);
            }
        }

        private void Send(Response response)
        {
            if (_connection.Publish(_topics.Response(response.Client), response.Payload, false) == 0)
            {
                _counters.ResponsesDropped++;
            }
        }
    }
}
