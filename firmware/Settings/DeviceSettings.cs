using Firmware.Platform;

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

        /// <summary>The broker.</summary>
        public BrokerAddress Broker { get; internal set; } = new BrokerAddress("mqtt.local", 1883, null, null);

        /// <summary>First level or levels of all topics.</summary>
        public string Prefix { get; internal set; } = "m2m";

        /// <summary>Groups that the device belongs to, besides "all".</summary>
        public string[] Groups { get; internal set; } = new string[0];

        /// <summary>Seconds between two measurements, 1 to 86400.</summary>
        public int Interval { get; internal set; } = DefaultInterval;
    }
}
