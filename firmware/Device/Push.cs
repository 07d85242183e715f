using Firmware.Connectivity;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware
{
    /// <summary>
    /// The way of a reading: measured at the interval, kept in the outbox if it is worth sending, published when the
    /// connection and the budget allow, removed when the broker has it. Events go the same way, alarms first.
    /// </summary>
    internal sealed class Push
    {
        private const int MaxPack = 4096;
        private const long RetryPause = 1000;
        private const long WriteBackOfWake = 15000;

        private readonly IClock _clock;
        private readonly Counters _counters;
        private readonly Connection _connection;
        private readonly Topics _topics;
        private readonly Sampler _sampler;
        private readonly EventQueue _events;
        private readonly Outbox _outbox;
        private readonly History _history;
        private readonly TokenBucket _budget;
        private readonly bool _sleeps;
        private ReportFilter _worth;
        private long _interval;
        private long _retryAt;
        private int _eventId;
        private long _eventBy;
        private int _droppedReported;

        internal Push(Parts parts)
        {
            _clock = parts.Hardware.Clock;
            _counters = parts.Counters;
            _connection = parts.Connection;
            _topics = parts.Topics;
            _sampler = parts.Sampler;
            _events = parts.Events;
            _outbox = parts.Outbox;
            _history = parts.History;
            _budget = parts.Budget;
            _sleeps = parts.Sleeps;
        }

        /// <summary>Uptime in milliseconds at which the next measurement is due.</summary>
        internal long MeasureAt { get; private set; }

        /// <summary>Uptime in milliseconds at which <see cref="Publish"/> has something to do.</summary>
        internal long PublishAt
        {
            get
            {
                long due = _outbox.DueAt;
                if (!_connection.IsOnline || !IsWaiting)
                {
                    return due;
                }

                long next = _budget.NextAt > _retryAt ? _budget.NextAt : _retryAt;
                return next < due ? next : due;
            }
        }

        /// <summary>Whether something is to be published.</summary>
        internal bool IsWaiting => (_eventId == 0 && _events.Count > 0) || (!_outbox.IsUnderWay && _outbox.Count > 0);

        /// <summary>Takes the settings.</summary>
        internal void Use(DeviceSettings settings)
        {
            if (_interval != settings.Interval * 1000L)
            {
                _interval = settings.Interval * 1000L;
                _worth = new ReportFilter(settings.Interval);
                long next = _clock.Uptime + _interval;
                MeasureAt = MeasureAt < next ? MeasureAt : next;
            }

            _budget.Use(settings.MqttBurst, settings.MqttRate);
            _outbox.WriteBack = WriteBackOf(settings);
            _outbox.Use(settings.TelemetryFormat);
        }

        // A wake that reaches the broker is not to touch flash for its reading; what it could not send is put there at its end.
        private long WriteBackOf(DeviceSettings settings)
        {
            long writeBack = settings.OutboxWriteBack * 1000L;
            return writeBack > 0 && writeBack < WriteBackOfWake && _sleeps ? WriteBackOfWake : writeBack;
        }

        /// <summary>Looks for the sensors; the first measurement is due.</summary>
        /// <param name="isLossKnown">Whether it was told before that there is no sensor.</param>
        internal void Start(bool isLossKnown)
        {
            MeasureAt = _clock.Uptime;
            _sampler.Start(isLossKnown);
        }

        /// <summary>Measures when it is time.</summary>
        internal void Measure()
        {
            long now = _clock.Uptime;
            if (now < MeasureAt)
            {
                return;
            }

            // Keep the rhythm; after a long stop go on from now instead of catching up.
            MeasureAt = MeasureAt + _interval > now ? MeasureAt + _interval : now + _interval;
            _sampler.Measure();
            _history.Add(_sampler.Channels);
            if (_worth.Judge(_sampler.Channels, now) > 0 && _outbox.Add(_sampler.Channels, now))
            {
                _worth.Sent(_sampler.Channels, now);
                _counters.Readings++;
            }
        }

        /// <summary>Publishes what waits; what the broker does not get in time goes to flash.</summary>
        internal void Publish()
        {
            _outbox.Tick();
            ReportDropped();
            if (_connection.IsOnline && _clock.Uptime >= _retryAt)
            {
                PublishEvent();
                PublishPack();
            }
        }

        /// <summary>The broker has a message.</summary>
        internal void Acknowledged(int messageId)
        {
            _outbox.Acknowledged(messageId);
            if (messageId == _eventId)
            {
                _events.Remove();
                _eventId = 0;
            }
        }

        /// <summary>The client gave up on a message: it is sent again.</summary>
        internal void NotAcknowledged(int messageId)
        {
            if (messageId == _outbox.MessageId)
            {
                _outbox.Forget();
            }

            _eventId = messageId == _eventId ? 0 : _eventId;
        }

        /// <summary>The connection is gone: what was under way is sent again.</summary>
        internal void Disconnected()
        {
            _outbox.Forget();
            _eventId = 0;
        }

        /// <summary>Puts on flash what is only in RAM.</summary>
        internal void Save() => _outbox.Flush();

        // One at a time: it goes when the broker has it.
        private void PublishEvent()
        {
            // A connection without an answer, to this or to the pings, is replaced; this is for the event alone.
            _eventId = _clock.Uptime >= _eventBy ? 0 : _eventId;
            if (_eventId == 0 && _events.Count > 0 && _budget.TryTake(_clock.Uptime))
            {
                _eventId = _connection.Publish(_topics.Event, _events.Peek(), false);
                _eventBy = _clock.Uptime + Outbox.AnswerTimeout;
                Note(_eventId);
            }
        }

        private void PublishPack()
        {
            if (_outbox.IsUnderWay || _outbox.Count == 0 || !_budget.TryTake(_clock.Uptime))
            {
                return;
            }

            JsonWriter writer = new JsonWriter(256, MaxPack);
            if (_outbox.Encode(writer))
            {
                int id = 0;
                try
                {
                    id = _connection.Publish(_topics.Telemetry, writer.ToArray(), false);
                }
                finally
                {
                    _outbox.Published(id);
                    Note(id);
                }
            }
        }

        // A link that takes nothing now is not asked again at once.
        private void Note(int messageId) => _retryAt = messageId == 0 ? _clock.Uptime + RetryPause : 0;

        private void ReportDropped()
        {
            int dropped = _counters.ReadingsDropped - _droppedReported;
            if (dropped > 0 && _connection.IsOnline)
            {
                _droppedReported = _counters.ReadingsDropped;
                _events.Add("outbox-full", null, null, dropped + " readings dropped");
            }
        }
    }
}
