using Firmware.Platform;

namespace Firmware.Connectivity
{
    /// <content>What goes out, and the check that the link lives.</content>
    public sealed partial class Connection
    {
        // The client keeps about 1 KB for each message that the broker has not acknowledged.
        private const int MaxConfirmedResponses = 4;

        /// <summary>Publishes.</summary>
        /// <param name="topic">The topic.</param>
        /// <param name="payload">The payload.</param>
        /// <param name="retain">Whether the broker keeps it.</param>
        /// <returns>The message id, or 0 when there is no connection or no room.</returns>
        public int Publish(string topic, byte[] payload, bool retain)
        {
            return CanPublish ? Send(topic, payload, retain) : 0;
        }

        /// <summary>
        /// Publishes a response; with QoS 0 while the broker leaves several messages unacknowledged: nothing is kept of it,
        /// and a client that misses it asks again.
        /// </summary>
        /// <param name="topic">The topic.</param>
        /// <param name="payload">The payload.</param>
        /// <returns>0 when there is no connection or no room.</returns>
        public int Respond(string topic, byte[] payload)
        {
            return !CanPublish ? 0
                : InFlight < MaxConfirmedResponses ? Send(topic, payload, false)
                : _link.Publish(topic, payload, 0, false);
        }

        /// <summary>Publishes with QoS 0 a request that is repeated without a response.</summary>
        /// <param name="topic">The topic.</param>
        /// <param name="payload">The payload.</param>
        public void Ask(string topic, byte[] payload)
        {
            if (IsOnline)
            {
                _link.Publish(topic, payload, 0, false);
            }
        }

        /// <summary>Sets <see cref="CheckTopic"/> for a connection that the broker has accepted.</summary>
        /// <param name="topic">The topic, or null.</param>
        public void CheckWith(string topic) => CheckTopic = topic;

        /// <summary>Ends a subscription that is not needed any more.</summary>
        /// <param name="topic">The filter.</param>
        public void Unsubscribe(string topic)
        {
            if (CanPublish)
            {
                _link.Unsubscribe(topic);
            }
        }

        private int Send(string topic, byte[] payload, bool retain)
        {
            int id = _link.Publish(topic, payload, 1, retain && Session.Retains);
            InFlight += id == 0 ? 0 : 1;
            return id;
        }

        private void CheckLink()
        {
            long now = _clock.Uptime;
            switch (_watch.Check(now))
            {
                case LinkCheck.Probe:
                    // A broker that takes no more now has messages to acknowledge: they tell as much.
                    if (InFlight < Session.ReceiveMaximum)
                    {
                        // Acknowledged with QoS 1: this works too with a broker that does not let the device read its own topic.
                        Send(_plan.PingTopic, _ping, false);
                    }

                    break;
                case LinkCheck.Silent:
                    _counters.SilentLinks++;
                    if (_skipsShared)
                    {
                        // It was not what the broker kept: not even the device's message to itself is acknowledged.
                        TryOldVersion("acknowledgements do not arrive");
                    }

                    _silences = _machine.IsSettled(now) ? 1 : _silences + 1;
                    Fail(ConnectionEvent.LinkDown, "no message from the broker for 1.5 keep-alives");
                    break;
            }

            if (Subscriptions != null && Subscriptions.Retry(now))
            {
                SubscribeNext();
            }

            if (now >= _returnAt)
            {
                Fail(ConnectionEvent.LinkDown, "returning to the preferred broker");
            }
        }
    }
}
