using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>
    /// Publishes the discovery messages of the device to Home Assistant, and removes those of entities that no longer exist
    /// or are no longer wanted. All messages are retained; an empty one removes.
    /// </summary>
    /// <remarks>
    /// Home Assistant reads channels from P/D/telemetry; availability ("online" and "sleeping"), "health" and "actuators"
    /// from P/D/status. It restarts the expiry of all values with every telemetry message, so a value expires when the
    /// device is silent, not when one of several sensors is: events report that.
    /// </remarks>
    public sealed class DiscoveryPublisher : MessageSource
    {
        // Time before storage that has failed is tried again.
        private const long RetryPause = 60000;

        // Time for which channels of an absent sensor are kept, and for which a broker that refuses is left alone.
        private const long Patience = 3600000;

        private const int MaxLosses = 3;

        // Behind the last child: the part of those that are gone, and then the device when it is removed.
        private const int GoneParts = 2;

        private readonly IClock _clock;
        private readonly Counters _counters;
        private readonly BoardIdentity _identity;
        private readonly string _version;
        private readonly DiscoveryFile _file;
        private DiscoveryOptions _options;
        private Channel[] _channels;
        private int _ownCount; // of them, those of the device
        private int _part; // what is compared and published: 0 the device, then each of its children, then those that are gone
        private bool _isGone; // it is one of the last
        private long _repeatAt; // when the device itself must be compared again
        private DiscoveryPlan _plan;
        private Announcement _current; // the message in flight
        private int _losses;
        private bool _isRenewal;

        /// <summary>Creates a publisher that waits for <see cref="Use"/>; no file is read.</summary>
        /// <param name="storage">Remembers what was published.</param>
        /// <param name="clock">Time.</param>
        /// <param name="counters">Counts writes that failed.</param>
        /// <param name="identity">Which device this is.</param>
        /// <param name="version">Version of the firmware.</param>
        public DiscoveryPublisher(IStorage storage, IClock clock, Counters counters, BoardIdentity identity, string version)
            : base(true, true)
        {
            _clock = clock;
            _counters = counters;
            _identity = identity;
            _version = version;
            _file = new DiscoveryFile(storage, identity.DeviceId);
        }

        /// <summary>Uptime in milliseconds at which <see cref="Plan"/> has work, if the channels do not change before.</summary>
        public long PlanAt = long.MaxValue;

        /// <summary>Is called when <see cref="PlanAt"/> has come earlier; null for nobody.</summary>
        internal HomeAssistantModule Module;

        /// <summary>Takes the settings: at the start, and after each change of them, of the rule of a channel, or of the actuators.</summary>
        /// <param name="options">The settings.</param>
        public void Use(DiscoveryOptions options)
        {
            _options = options;
            _losses = 0;
            Reset(0);
        }

        /// <summary>Publishes everything again, because the broker may not have it any more.</summary>
        public void Renew()
        {
            _isRenewal = true;
            Reset(0);
        }

        /// <summary>
        /// Compares what is published with what is wanted, when settings or channels have changed: the device, or a child with
        /// each call. Cheap otherwise.
        /// </summary>
        /// <param name="channels">The channels of all sensors found since the start, and others behind them.</param>
        /// <param name="count">How many are of the device.</param>
        public void Plan(Channel[] channels, int count)
        {
            if (_options != null && (_clock.Uptime >= PlanAt || channels != _channels))
            {
                if (channels != _channels)
                {
                    Reset(0);
                }

                _channels = channels;
                _ownCount = count;
                Compare();
            }
        }

        /// <inheritdoc/>
        public override bool Encode(OutgoingMessage message)
        {
            if (_plan == null)
            {
                return false;
            }

            _current = _plan.Next();
            message.Topic = _current.Topic;
            message.IsRetained = true;
            if (_current.Entity != null)
            {
                new DiscoveryPayload(_identity, _version).Write(message.Writer, _current.Entity, _options);
            }

            return true;
        }

        /// <inheritdoc/>
        public override void Acknowledged()
        {
            // Without a current one the settings have changed since.
            if (_current != null)
            {
                _losses = 0;
                _plan.Done(_current);
                _current = null;
                if (_plan.Next() == null)
                {
                    EndPart();
                }
            }

            IsWaiting = _plan != null;
        }

        /// <summary>
        /// The message is published again. Some brokers close the connection on a message that is not allowed: after three
        /// losses they are left alone for an hour.
        /// </summary>
        public override void Failed()
        {
            bool isLost = IsInFlight && _current != null;
            _current = null;
            IsWaiting = _plan != null;
            if (isLost && ++_losses >= MaxLosses)
            {
                _losses = 0;
                Reset(_clock.Uptime + Patience);
            }
        }

        // One part at a time, so that memory has the messages of one child at most.
        private void Compare()
        {
            ReadingGroup[] children = _options.Children;
            int count = children == null ? 0 : children.Length;

            // The device is removed last: its file tells the next run that there is something to remove.
            int own = _options.IsEnabled ? 0 : count + GoneParts;
            _part = _part == 0 && own > 0 ? 1 : _part;
            bool isGone = _part == count + 1;
            string file = isGone ? _file.FindGone(children) : null;
            if (isGone && file == null)
            {
                isGone = false;
                _part++;
            }

            if (_part > count + 1 && _part != own)
            {
                Reset(_repeatAt);
                _isRenewal = false;
                return;
            }

            bool isOwn = _part == own;
            ReadingGroup child = isOwn || isGone ? null : children[_part - 1];
            _file.Name = isOwn ? DiscoveryFile.Own : file ?? DiscoveryFile.NameOf(child);
            DiscoveryPlan plan = new DiscoveryPlan(_file.Read(), _options, _identity, _version, _isRenewal);
            if (_options.IsEnabled && isOwn)
            {
                plan.AddAll(_channels, _ownCount);
            }
            else if (_options.IsEnabled && child != null)
            {
                plan.AddChild(child, _channels);
            }

            plan.RemoveOthers(isOwn && _clock.Uptime < Patience);
            _repeatAt = plan.HasAbsent ? Patience : isOwn ? long.MaxValue : _repeatAt;
            PlanAt = 0;
            if (plan.Next() == null)
            {
                // That of a child that is gone is damaged: it has no message.
                _counters.StorageFaults += !isGone || _file.Write(plan.All) ? 0 : 1;
                _part++;
            }
            else if (!plan.MarkUncertain() || _file.Write(plan.All))
            {
                _plan = plan;
                _isGone = isGone;
                IsWaiting = true;
                PlanAt = long.MaxValue;
            }
            else
            {
                // What cannot be remembered cannot be removed later.
                _counters.StorageFaults++;
                PlanAt = _clock.Uptime + RetryPause;
            }
        }

        private void EndPart()
        {
            bool isKept = !_plan.IsChanged || _file.Write(_plan.All);
            _counters.StorageFaults += isKept ? 0 : 1;
            _plan = null;
            PlanAt = 0;

            // The next one that is gone is in the same place, unless the file of this one is still there.
            _part += _isGone && isKept ? 0 : 1;
            if (Module != null)
            {
                Module.PlanNow();
            }
        }

        private void Reset(long planAt)
        {
            _current = null;
            _plan = null;
            _part = 0;
            IsWaiting = false;
            PlanAt = planAt;
        }
    }
}
