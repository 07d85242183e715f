using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.HomeAssistant
{
    /// <summary>
    /// Announces the device to Home Assistant, so that it appears there by itself, and takes back what is no longer there
    /// or no longer wanted. One message at a time: the next one goes when the broker has the one before. All messages are
    /// retained; an empty one removes.
    /// </summary>
    /// <remarks>
    /// Read from: channels from P/D/telemetry; availability ("online" and "sleeping"), "health" and "actuators" from
    /// P/D/status. Home Assistant restarts the time after which values expire with every telemetry message, so a value
    /// expires when the device is silent, not when one of several sensors is: the events tell that.
    /// </remarks>
    public sealed class Discovery
    {
        private const long AnswerTimeout = 20000;
        private const long RetryPause = 60000;
        private const long Patience = 3600000;
        private const int MaxLosses = 3;

        private readonly IClock _clock;
        private readonly Counters _counters;
        private readonly BoardIdentity _identity;
        private readonly string _version;
        private readonly AnnouncedFile _file;
        private DiscoveryOptions _options;
        private Channel[] _channels;
        private DiscoveryPlan _plan;
        private Announcement _underWay;
        private int _messageId;
        private int _losses;
        private long _answerBy;
        private long _planAt = long.MaxValue;
        private bool _isRenewal;

        /// <summary>Creates it; nothing is read or announced until <see cref="Use"/>.</summary>
        /// <param name="storage">Remembers what was announced.</param>
        /// <param name="clock">Time.</param>
        /// <param name="counters">Counts writes that failed.</param>
        /// <param name="identity">Which device.</param>
        /// <param name="version">Version of the firmware.</param>
        public Discovery(IStorage storage, IClock clock, Counters counters, BoardIdentity identity, string version)
        {
            _clock = clock;
            _counters = counters;
            _identity = identity;
            _version = version;
            _file = new AnnouncedFile(storage, identity.DeviceId);
        }

        /// <summary>Whether a message waits and none is under way.</summary>
        public bool HasNext => _plan != null && (_underWay == null || _clock.Uptime >= _answerBy);

        /// <summary>The topic of the message that <see cref="Encode"/> wrote last.</summary>
        public string Topic => _underWay.Topic;

        /// <summary>Message id of the message under way, or 0.</summary>
        public int MessageId => _messageId;

        /// <summary>Takes the settings: at the start, and after each change of them, of a channel's rule or of the actuators.</summary>
        /// <param name="options">The settings.</param>
        public void Use(DiscoveryOptions options)
        {
            _options = options;
            _losses = 0;
            PlanAt(0);
        }

        /// <summary>
        /// Announces everything once more although the broker should have it: after a start that is not the end of a sleep,
        /// and on another broker.
        /// </summary>
        public void Renew()
        {
            _isRenewal = true;
            PlanAt(0);
        }

        /// <summary>Looks whether there is something to announce or to remove. Costs next to nothing when there is not.</summary>
        /// <param name="channels">The channels of all sensors seen since the start.</param>
        public void Tick(Channel[] channels)
        {
            if (_options != null && (_clock.Uptime >= _planAt || channels != _channels))
            {
                _channels = channels;
                Plan();
            }
        }

        /// <summary>Writes the next message, to be published retained on <see cref="Topic"/>.</summary>
        /// <param name="writer">Receives it; stays empty for a removal. Takes less than 1500 bytes.</param>
        /// <returns>False when there is none, or one is under way.</returns>
        public bool Encode(JsonWriter writer)
        {
            if (!HasNext)
            {
                return false;
            }

            _messageId = 0;
            _underWay = _plan.Next();
            _answerBy = _clock.Uptime + AnswerTimeout;
            writer.Clear();
            if (_underWay.Entity != null)
            {
                new DiscoveryPayload(_identity, _version).Write(writer, _underWay.Entity, _options);
            }

            return true;
        }

        /// <summary>The message was handed to the link.</summary>
        /// <param name="messageId">Its message id; 0 means that the link did not take it.</param>
        public void Published(int messageId)
        {
            _messageId = messageId;
            _underWay = messageId == 0 ? null : _underWay;
        }

        /// <summary>The broker has a message.</summary>
        /// <param name="messageId">Its id.</param>
        /// <returns>Whether it was the one under way.</returns>
        public bool Acknowledged(int messageId)
        {
            if (_underWay == null || messageId != _messageId)
            {
                return false;
            }

            _losses = 0;
            _plan.Done(_underWay);
            Rest();
            if (_plan.Next() == null)
            {
                _counters.StorageFaults += !_plan.IsChanged || _file.Write(_plan.All) ? 0 : 1;
                _plan = null;
                _isRenewal = false;
            }

            return true;
        }

        /// <summary>
        /// The client gave up on a message, or the connection was lost: it is sent again. A broker that ends the connection
        /// whenever it is sent an announcement, as some do when it is not allowed, is left alone for an hour after three
        /// times.
        /// </summary>
        public void Forget()
        {
            if (_underWay != null)
            {
                Rest();
                if (++_losses >= MaxLosses)
                {
                    _losses = 0;
                    PlanAt(_clock.Uptime + Patience);
                }
            }
        }

        private void Plan()
        {
            Rest();
            bool isPatient = _clock.Uptime < Patience;
            DiscoveryPlan plan = new DiscoveryPlan(_file.Read(), _options, _identity, _version, _isRenewal);
            if (_options.IsEnabled)
            {
                plan.WantAll(_channels);
            }

            plan.RemoveOthers(isPatient);
            _plan = null;
            _planAt = plan.HasUnseen ? Patience : long.MaxValue; // HasUnseen only before that.
            if (plan.Next() == null)
            {
                _isRenewal = false;
                return;
            }

            if (!plan.Doubt() || _file.Write(plan.All))
            {
                _plan = plan;
            }
            else
            {
                // What cannot be remembered could never be removed.
                _counters.StorageFaults++;
                PlanAt(_clock.Uptime + RetryPause);
            }
        }

        private void PlanAt(long at)
        {
            Rest();
            _plan = null;
            _planAt = at;
        }

        private void Rest()
        {
            _underWay = null;
            _messageId = 0;
        }
    }
}
