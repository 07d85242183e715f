using Firmware.Json;
using Firmware.Settings;

namespace Firmware.Messaging
{
    /// <summary>Announces presence when the device comes online, and again at the interval of <c>status.interval</c>.</summary>
    internal sealed class PresenceModule : Module, IStatusMember
    {
        private DeviceContext _device;
        private string _name; // empty: none
        private long _pause;
        private long _announceAt = long.MaxValue;

        /// <inheritdoc/>
        public override string Name => "presence";

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        public override IStatusMember Status => this;

        /// <inheritdoc/>
        string IStatusMember.Name => _name.Length != 0 ? "name" : IsEnrolled ? null : "enrolled";

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer)
        {
            bool isEnrolled = IsEnrolled;
            if (_name.Length != 0)
            {
                writer.String(_name);
                if (!isEnrolled)
                {
                    writer.Name("enrolled");
                }
            }

            if (!isEnrolled)
            {
                writer.Boolean(false);
            }
        }

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            _name = device.Settings.DeviceName;
            OnSettings(device.Settings);
        }

        /// <inheritdoc/>
        public override void OnSettings(DeviceSettings settings)
        {
            _pause = settings.StatusInterval * 1000L;
            long next = _pause == 0 ? long.MaxValue : _device.Clock.Uptime + _pause;
            _announceAt = _announceAt < next ? _announceAt : next;
            RunAt(_device.Connection.IsOnline ? _announceAt : long.MaxValue);
            string name = settings.DeviceName;
            if (name != _name)
            {
                _name = name;
                if (!_device.Sleeps)
                {
                    _device.Presence.Refresh();
                }
            }
        }

        /// <inheritdoc/>
        public override void OnOnline(bool isNewSession, long now) => Announce(now);

        /// <inheritdoc/>
        public override void OnOffline() => RunAt(long.MaxValue);

        /// <inheritdoc/>
        public override void Tick(long now) => Announce(now);

        private bool IsEnrolled
        {
            get
            {
                DeviceSettings settings = _device.Settings;
                return settings.Number(settings.Catalog.Presence, PresenceSettings.Enrolled) != 0;
            }
        }

        private void Announce(long now)
        {
            _device.Presence.Announce(PresenceState.Online, 0);
            _announceAt = _pause == 0 ? long.MaxValue : now + _pause;
            RunAt(_announceAt);
        }
    }
}
