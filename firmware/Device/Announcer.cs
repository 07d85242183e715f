using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.HomeAssistant;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware
{
    /// <summary>
    /// Publishes what the device says about itself: its status when it comes online, now and then, and when a relay is
    /// switched; its announcements to Home Assistant; lines of its log.
    /// </summary>
    internal sealed class Announcer
    {
        private const long RetryPause = 1000;

        private readonly IClock _clock;
        private readonly Connection _connection;
        private readonly Topics _topics;
        private readonly Parts _parts;
        private readonly TokenBucket _budget;
        private long _statusPause;
        private long _statusAt;
        private long _retryAt;
        private int _changes;
        private int _sessionsLost;
        private bool _wasOnline;

        internal Announcer(Parts parts)
        {
            _parts = parts;
            _clock = parts.Hardware.Clock;
            _connection = parts.Connection;
            _topics = parts.Topics;
            _budget = parts.Budget;

            // After a sleep the broker still has what was announced.
            _wasOnline = parts.WakeContext.IsSleepEnd;
        }

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        internal long DueAt
        {
            get
            {
                if (!_connection.IsOnline)
                {
                    return long.MaxValue;
                }

                long due = IsStatusDue ? 0 : _statusAt;
                if (_parts.Discovery.HasNext || _parts.Log.IsWaiting)
                {
                    due = _budget.NextAt < due ? _budget.NextAt : due;
                }

                return due < _retryAt ? _retryAt : due;
            }
        }

        /// <summary>Whether something is to be published.</summary>
        internal bool IsWaiting => IsStatusDue || _parts.Discovery.HasNext || _parts.Log.IsWaiting;

        private bool IsStatusDue => _clock.Uptime >= _statusAt || _parts.Actuators.Changes != _changes;

        private long NextStatusAt => _statusPause == 0 ? long.MaxValue : _clock.Uptime + _statusPause;

        /// <summary>Takes the settings.</summary>
        internal void Use(DeviceSettings settings)
        {
            _statusPause = settings.StatusInterval * 1000L;
            _statusAt = _statusAt == 0 || _statusAt < NextStatusAt ? _statusAt : NextStatusAt;
            _parts.Log.Published = settings.LogLevel;
            _parts.Discovery.Use(new DiscoveryOptions
            {
                IsEnabled = settings.Number(_parts.HomeAssistantGroup, HomeAssistantSettings.Enabled) != 0,
                DiscoveryPrefix = (string)settings.Value(_parts.HomeAssistantGroup, HomeAssistantSettings.Prefix),
                Prefix = settings.Prefix,
                Format = settings.TelemetryFormat,
                Interval = _parts.Sleeps ? settings.Interval * settings.Number(_parts.SleepGroup, SleepSettings.PublishEvery) : settings.Interval,
                Actuators = settings.Actuators,
            });
        }

        /// <summary>The device is online: it is to say so.</summary>
        internal void Online()
        {
            _statusAt = 0;
            _retryAt = 0;
            if (_sessionsLost != _parts.Counters.SessionsLost || !_wasOnline)
            {
                // A broker that has forgotten the session may have forgotten what it retained.
                _parts.Discovery.Renew();
            }

            _sessionsLost = _parts.Counters.SessionsLost;
            _wasOnline = true;
        }

        /// <summary>Publishes what is due.</summary>
        internal void Tick()
        {
            if (!_connection.IsOnline || _clock.Uptime < _retryAt)
            {
                return;
            }

            if (IsStatusDue)
            {
                PublishStatus();
            }

            _parts.Discovery.Tick(_parts.Sampler.Channels);
            PublishDiscovery();
            PublishLog();
        }

        /// <summary>The broker has a message.</summary>
        internal void Acknowledged(int messageId) => _parts.Discovery.Acknowledged(messageId);

        /// <summary>The client gave up on a message.</summary>
        internal void NotAcknowledged(int messageId)
        {
            if (messageId == _parts.Discovery.MessageId)
            {
                _parts.Discovery.Forget();
            }
        }

        /// <summary>The connection is gone.</summary>
        internal void Disconnected() => _parts.Discovery.Forget();

        /// <summary>The next connection is another one, perhaps to another broker.</summary>
        internal void Moved() => _wasOnline = false;

        private void PublishStatus()
        {
            int changes = _parts.Actuators.Changes;
            if (Publish(_topics.Status, _parts.Presence.Online(_parts.Sequence.First), true) != 0)
            {
                _changes = changes;
                _statusAt = NextStatusAt;
            }
        }

        private void PublishDiscovery()
        {
            // The rest of the budget is for readings and events: announcements do not keep them waiting.
            if (_clock.Uptime >= _retryAt && _parts.Discovery.HasNext && _budget.TryTake(_clock.Uptime))
            {
                JsonWriter writer = new JsonWriter(256, 2048);
                if (_parts.Discovery.Encode(writer))
                {
                    _parts.Discovery.Published(Publish(_parts.Discovery.Topic, writer.ToArray(), true));
                }
            }
        }

        private void PublishLog()
        {
            if (_clock.Uptime >= _retryAt && _parts.Log.IsWaiting && _budget.TryTake(_clock.Uptime))
            {
                if (Publish(_topics.Log, _parts.Log.Peek(), false) != 0)
                {
                    _parts.Log.Remove();
                }
            }
        }

        // A link that takes nothing now is not asked again at once.
        private int Publish(string topic, byte[] payload, bool retain)
        {
            int id = _connection.Publish(topic, payload, retain);
            _retryAt = id == 0 ? _clock.Uptime + RetryPause : _retryAt;
            return id;
        }
    }
}
