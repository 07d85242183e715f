using System;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Connectivity
{
    /// <summary>
    /// The one way out: decides which source publishes next, keeps the publish budget and the ids in flight, and repeats
    /// what is not acknowledged. Sources know nothing of each other.
    /// </summary>
    public sealed class Publisher
    {
        /// <summary>Milliseconds in which the broker has to acknowledge a message; then it is sent again.</summary>
        public const long AcknowledgeTime = 20000;

        /// <summary>Milliseconds before the next try when the link takes nothing.</summary>
        public const long RetryPause = 1000;

        /// <summary>Milliseconds for which a source is left alone whose message threw an exception; doubled each time, up to a limit.</summary>
        public const int FirstFailurePause = 1000;

        /// <summary>The limit of that, in milliseconds.</summary>
        public const int LongestFailurePause = 60000;

        // The client has sent each of them three times.
        private const int MaxUnacknowledged = 2;

        // Added to the number of those when something else was acknowledged meanwhile.
        private const int Proven = 100;

        private readonly Connection _connection;
        private readonly IFailureSink _failures;
        private readonly OutgoingMessage _message = new OutgoingMessage();
        private MessageSource[] _sources = new MessageSource[0];
        private MessageSource _urgent;
        private MessageSource _last; // whose message went last
        private long _retryAt;
        private int _inFlight; // sources with a message in flight
        private int _unacknowledged;
        private MessageSource _tooLarge; // whose message was reported as too large in this connection

        /// <summary>Creates a publisher without sources.</summary>
        /// <param name="connection">Takes the messages.</param>
        /// <param name="budget">The publish budget.</param>
        /// <param name="failures">Receives the exceptions of sources.</param>
        public Publisher(Connection connection, TokenBucket budget, IFailureSink failures)
        {
            _connection = connection;
            _failures = failures;
            Budget = budget;
        }

        /// <summary>The publish budget.</summary>
        public readonly TokenBucket Budget;

        /// <summary>Uptime in milliseconds at which <see cref="Run"/> has work again, if nothing else happens before.</summary>
        public long DueAt = long.MaxValue;

        /// <summary>When set, this source alone publishes: for the last message of a connection.</summary>
        public MessageSource Only;

        /// <summary>Tells whether a message waits that the budget allows before a time.</summary>
        /// <param name="uptime">Uptime in milliseconds.</param>
        /// <param name="except">A source that is left out, or null.</param>
        /// <returns>True when there is one.</returns>
        public bool MayPublishBefore(long uptime, MessageSource except)
        {
            MessageSource[] sources = _sources;
            for (int i = 0; i < sources.Length; i++)
            {
                MessageSource source = sources[i];
                if (source.IsWaiting && source != except && source.RetryAt < uptime && (!source.IsBudgeted || Budget.NextAt < uptime))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Adds a source, behind those of the same rank.</summary>
        /// <param name="source">The source.</param>
        /// <param name="rank">Its place in the order.</param>
        public void Add(MessageSource source, MessageRank rank)
        {
            source.Rank = (int)rank;
            MessageSource[] sources = new MessageSource[_sources.Length + 1];
            int at = 0;
            while (at < _sources.Length && _sources[at].Rank <= source.Rank)
            {
                sources[at] = _sources[at];
                at++;
            }

            sources[at] = source;
            Array.Copy(_sources, at, sources, at + 1, _sources.Length - at);
            _sources = sources;
            _urgent = rank == MessageRank.Event ? source : _urgent;
        }

        /// <summary>Publishes what is waiting and allowed. Cheap when nothing is.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Run(long now)
        {
            long due = long.MaxValue;
            if (_connection.CanPublish)
            {
                if (_urgent != null && _urgent.IsUrgent && _urgent.IsWaiting)
                {
                    Serve(_urgent, now, due);
                }

                MessageSource[] sources = _sources;
                int count = sources.Length;
                bool isAnyInFlight = _inFlight != 0;
                for (int i = 0; i < count; i++)
                {
                    MessageSource source = sources[i];
                    if (source.IsWaiting || (isAnyInFlight && source.MessageId != 0))
                    {
                        due = Serve(source, now, due);
                    }
                }
            }

            DueAt = due;
        }

        /// <summary>Publishes with QoS 0: for requests that are repeated without a response.</summary>
        /// <param name="topic">The topic.</param>
        /// <param name="payload">The payload.</param>
        public void SendUnconfirmed(string topic, byte[] payload) => _connection.Ask(topic, payload);

        /// <summary>The broker has acknowledged a message of the present connection, or the client has given it up.</summary>
        /// <param name="messageId">Its id.</param>
        /// <param name="isAcknowledged">False when it was given up.</param>
        public void Finished(int messageId, bool isAcknowledged)
        {
            MessageSource source = _inFlight == 0 ? null : _last;
            if (source != null && source.MessageId != messageId)
            {
                source = SourceOf(messageId);
            }

            if (source != null)
            {
                Finish(source, isAcknowledged);
            }

            if (isAcknowledged)
            {
                // The device's message to itself has a subscriber: under MQTT 5 it may be the only one that is acknowledged.
                _unacknowledged = _unacknowledged > 0 && source == null && _connection.Session.IsVersion5 ? Proven : 0;
                return;
            }

            _unacknowledged++;
            if (_unacknowledged > Proven)
            {
                _unacknowledged = 0;
                _connection.FallBack();
            }
            else if (_unacknowledged >= MaxUnacknowledged && !_connection.Session.IsVersion5)
            {
                // Under MQTT 5 the device's message to itself tells first whether the link lives.
                _unacknowledged = 0;
                _connection.Fail("the broker does not acknowledge");
            }
        }

        /// <summary>A connection is open, or gone: nothing is in flight on it.</summary>
        public void Reset()
        {
            _retryAt = 0;
            _unacknowledged = 0;
            _tooLarge = null;
            for (int i = 0; i < _sources.Length; i++)
            {
                if (_sources[i].MessageId != 0)
                {
                    Finish(_sources[i], false);
                }
            }
        }

        // Gives the earlier of two times: that at which the source has to be looked at again, and another.
        private long Serve(MessageSource source, long now, long due)
        {
            if (source.MessageId != 0)
            {
                if (now < source.AcknowledgeBy)
                {
                    return Earlier(source.AcknowledgeBy, due);
                }

                Finish(source, false);
            }

            // Before the broker has accepted the subscriptions only responses go: a request may come in already.
            while (source.IsWaiting && MayPublish(source))
            {
                // A response is not kept for a link that takes nothing: each is tried once.
                long at = source.AwaitsAcknowledgement && _retryAt > source.RetryAt ? _retryAt : source.RetryAt;
                if (now < at)
                {
                    return Earlier(at, due);
                }

                if (source.IsBudgeted && !Budget.TryTake(now))
                {
                    return Earlier(Budget.NextAt, due);
                }

                Send(source, now);
                if (source.MessageId != 0)
                {
                    return Earlier(source.AcknowledgeBy, due);
                }
            }

            return due;
        }

        private MessageSource SourceOf(int messageId)
        {
            for (int i = 0; i < _sources.Length; i++)
            {
                if (_sources[i].MessageId == messageId)
                {
                    return _sources[i];
                }
            }

            return null;
        }

        private bool MayPublish(MessageSource source) =>
            (Only == null || Only == source) && _connection.InFlight < _connection.Session.ReceiveMaximum
            && (_connection.IsOnline || !source.AwaitsAcknowledgement || Only == source);

        private void Send(MessageSource source, long now)
        {
            source.IsWaiting = false;
            int id = 0;
            try
            {
                _message.Clear(now);
                int limit = _connection.Session.MaximumPacketSize;
                _message.Limit = limit > 0 ? limit : int.MaxValue;
                if (!source.Encode(_message))
                {
                    return;
                }

                byte[] payload = _message.Payload ?? _message.Writer.ToArray();
                if (limit > 0 && !_message.Fits(payload.Length))
                {
                    Drop(source, payload.Length);
                    return;
                }

                id = source.AwaitsAcknowledgement
                    ? _connection.Publish(_message.Topic, payload, _message.IsRetained)
                    : _connection.Respond(_message.Topic, payload);
            }
            catch (Exception e)
            {
                source.Pause = source.Pause == 0 ? FirstFailurePause : Backoff.Double(source.Pause, LongestFailurePause);
                source.RetryAt = now + source.Pause;
                source.Failed();
                _failures.Failed("publish", e);
                return;
            }

            source.Pause = 0;
            if (id == 0)
            {
                // A link that takes nothing now is not tried again at once.
                _retryAt = now + RetryPause;
                source.Failed();
            }
            else if (source.AwaitsAcknowledgement)
            {
                _last = source;
                _inFlight++;
                source.MessageId = id;
                source.AcknowledgeBy = now + AcknowledgeTime;
            }
            else
            {
                source.Acknowledged();
            }
        }

        // It would come back as too large each time; the broker would end the connection.
        private void Drop(MessageSource source, int length)
        {
            EventQueue events = _connection.Events;
            if (events != null && source != events && source != _tooLarge)
            {
                _tooLarge = source;
                events.Add("message-too-large", "topic", _message.Topic, length.ToString() + " bytes: the broker takes packets of " + _message.Limit.ToString());
            }

            source.TooLarge();
        }

        private void Finish(MessageSource source, bool isAcknowledged)
        {
            try
            {
                if (isAcknowledged)
                {
                    source.Acknowledged();
                }
                else
                {
                    source.Failed();
                }
            }
            finally
            {
                source.MessageId = 0;
                _inFlight--;
            }
        }

        private static long Earlier(long a, long b) => a < b ? a : b;
    }
}
