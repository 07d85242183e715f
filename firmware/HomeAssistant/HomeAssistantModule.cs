using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>Makes the device appear in Home Assistant by itself: a discovery message for each entity.</summary>
    public sealed class HomeAssistantModule : Module
    {
        private readonly HomeAssistantSettings _settings = new HomeAssistantSettings();
        private DeviceContext _device;
        private DiscoveryPublisher _discovery; // null until there is something to publish or to remove
        private Channel[] _channels;
        private bool _hasNewSettings = true;
        private bool _isNewSession; // in this run

        /// <inheritdoc/>
        public override string Name => "homeassistant";

        /// <inheritdoc/>
        public override SettingGroup Settings => _settings;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            WantsMeasurements = true;
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (!_device.Connection.IsOnline)
            {
                return;
            }

            if (_hasNewSettings)
            {
                DiscoveryOptions options = Options();
                WantsMeasurements = options.IsEnabled;
                if (_discovery == null && !IsNeeded(options))
                {
                    _hasNewSettings = false;
                    return;
                }

                _discovery = _discovery ?? Create();
                _discovery.Use(options);
                _hasNewSettings = false;
            }

            if (_discovery == null)
            {
                return;
            }

            _channels = _device.Sampler.Channels;
            _discovery.Plan(_channels, _channels.Length - _device.Sampler.OpenedCount);
            RunAt(_discovery.PlanAt);
        }

        /// <summary>There is something to compare.</summary>
        internal void PlanNow() => RunAt(0);

        /// <inheritdoc/>
        public override void OnOnline(bool isNewSession, long now)
        {
            _isNewSession = _isNewSession || isNewSession;
            if (isNewSession && _discovery != null)
            {
                _discovery.Renew();
            }

            RunAt(0);
        }

        /// <inheritdoc/>
        public override void OnMeasured(long now)
        {
            // After an hour's pause there is something to publish again, too.
            if (_device.Sampler.Channels != _channels || (_discovery != null && now >= _discovery.PlanAt))
            {
                RunAt(0);
            }
        }

        /// <inheritdoc/>
        public override void OnSettings(DeviceSettings settings)
        {
            _hasNewSettings = true;
            RunAt(0);
        }

        // What was published before it was disabled is removed.
        private bool IsNeeded(DiscoveryOptions options) =>
            options.IsEnabled || new DiscoveryFile(_device.Storage, _device.Identity.DeviceId).Read().Count > 0;

        private DiscoveryPublisher Create()
        {
            DiscoveryPublisher discovery = new DiscoveryPublisher(_device.Storage, _device.Clock, _device.Counters, _device.Identity, _device.Version) { Module = this };
            if (_isNewSession)
            {
                discovery.Renew();
            }

            _device.Publisher.Add(discovery, MessageRank.Discovery);
            return discovery;
        }

        private DiscoveryOptions Options()
        {
            DeviceSettings settings = _device.Settings;
            return new DiscoveryOptions
            {
                IsEnabled = settings.Number(_settings, HomeAssistantSettings.Enabled) != 0,
                DiscoveryPrefix = (string)settings.Value(_settings, HomeAssistantSettings.Prefix),
                Prefix = settings.Prefix,
                DeviceName = settings.DeviceName,
                HasLed = _device.HasLed,
                HasUpdates = _device.HasUpdates,
                Format = settings.TelemetryFormat,
                Interval = settings.Interval * _device.PublishEvery,
                Outputs = _device.Outputs,
                Children = _device.Groups,
            };
        }
    }
}
