using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Settings
{
    /// <summary>What the owner of a device can set, with defaults.</summary>
    public sealed class DeviceSettings
    {
        /// <summary>Name of the file in the device's storage.</summary>
        public const string File = "settings.json";

        /// <summary>Seconds between two measurements by default.</summary>
        public const int DefaultInterval = 10;

        /// <summary>Seconds between two measurements at most.</summary>
        public const int MaxInterval = 86400;

        /// <summary>Networks to join in order of preference; none means the one that is stored in the chip.</summary>
        public WifiNetwork[] Wifi { get; internal set; } = new WifiNetwork[0];

        /// <summary>The brokers in order of preference, one at least.</summary>
        public BrokerAddress[] Brokers { get; internal set; } = new BrokerAddress[] { new BrokerAddress("mqtt.local", 1883, null, null) };

        /// <summary>The broker that is preferred.</summary>
        public BrokerAddress Broker => Brokers[0];

        /// <summary>The version of MQTT.</summary>
        public MqttVersion MqttVersion { get; internal set; } = MqttVersion.V5;

        /// <summary>Messages with readings and events that may go at once, 1 to 1000.</summary>
        public int MqttBurst { get; internal set; } = 100;

        /// <summary>Messages with readings and events that may go each second in the long run, 1 to 100.</summary>
        public int MqttRate { get; internal set; } = 1;

        /// <summary>Host names of time servers, at most 2; none means that the clock is not set from the network.</summary>
        public string[] TimeServers { get; internal set; } = new string[] { "pool.ntp.org" };

        /// <summary>First level or levels of all topics.</summary>
        public string Prefix { get; internal set; } = "m2m";

        /// <summary>Groups that the device belongs to, besides "all".</summary>
        public string[] Groups { get; internal set; } = new string[0];

        /// <summary>Bytes of flash that waiting readings may take.</summary>
        public int OutboxSize { get; internal set; } = OutboxOptions.DefaultCapacity;

        /// <summary>Seconds in which a reading may be acknowledged without touching flash.</summary>
        public int OutboxWriteBack { get; internal set; } = OutboxOptions.DefaultWriteBack / 1000;

        /// <summary>Seconds between two measurements, 1 to 86400.</summary>
        public int Interval { get; internal set; } = DefaultInterval;

        /// <summary>What is wanted of the channels that the owner named.</summary>
        public ChannelRule[] Channels { get; internal set; } = new ChannelRule[0];
    }
}
