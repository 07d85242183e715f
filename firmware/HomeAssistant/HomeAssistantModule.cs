using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>Makes the device appear in Home Assistant by itself: one discovery message for each channel, actuator and health value.</summary>
    public sealed class HomeAssistantModule : Module
    {
        private readonly HomeAssistantSettings _settings = new HomeAssistantSettings();
        private DeviceContext _device;
        private DiscoveryPublisher _discovery;
        private Channel[] _channels;
        private bool _hasNewSettings = true;

        /// <inheritdoc/>
        public override string Name => "homeassistant";

        /// <inheritdoc/>
        public override SettingGroup Settings => _settings;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            WantsMeasurements = true;
            _discovery = new DiscoveryPublisher(device.Storage, device.Clock, device.Counters, device.Identity, FirmwareVersion.Text);
            device.Publisher.Add(_discovery, MessageRank.Discovery);
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
                _hasNewSettings = false;
                DiscoveryOptions options = Options();
                WantsMeasurements = options.IsEnabled;
                _discovery.Use(options);
            }

            _channels = _device.Sampler.Channels;
            _discovery.Plan(_channels);
            RunAt(_discovery.PlanAt);
        }

        /// <inheritdoc/>
        public override void OnOnline(bool isNewSession, long now)
        {
            if (isNewSession)
            {
                _discovery.Renew();
            }

            RunAt(0);
        }

        /// <inheritdoc/>
        public override void OnMeasured(long now)
        {
            if (_device.Sampler.Channels != _channels)
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

        private DiscoveryOptions Options()
        {
            DeviceSettings settings = _device.Settings;
            return new DiscoveryOptions
            {
                IsEnabled = settings.Number(_settings, HomeAssistantSettings.Enabled) != 0,
                DiscoveryPrefix = (string)settings.Value(_settings, HomeAssistantSettings.Prefix),
                Prefix = settings.Prefix,
                Format = settings.TelemetryFormat,
                Interval = settings.Interval * _device.PublishEvery,
                Actuators = settings.Actuators,
            };
        }
    }
}
