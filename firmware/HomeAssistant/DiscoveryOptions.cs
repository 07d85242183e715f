using Firmware.Actuation;
using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>The settings that discovery messages depend on.</summary>
    public sealed class DiscoveryOptions
    {
        /// <summary>Whether the device publishes discovery messages; otherwise it removes those published before.</summary>
        public bool IsEnabled;

        /// <summary>First level or levels of the discovery topics.</summary>
        public string DiscoveryPrefix = "homeassistant";

        /// <summary>First level or levels of the topics of the device.</summary>
        public string Prefix;

        /// <summary>What people call the device; empty for its id.</summary>
        public string DeviceName = string.Empty;

        /// <summary>Whether the board has an LED to identify it by.</summary>
        public bool HasLed;

        /// <summary>Whether the firmware can be updated.</summary>
        public bool HasUpdates;

        /// <summary>Format of telemetry: the templates depend on it.</summary>
        public TelemetryFormat Format;

        /// <summary>Seconds between two measurements that are published.</summary>
        public int Interval;

        /// <summary>What the device switches; null for nothing.</summary>
        public IOutputs Outputs;

        /// <summary>The children of the device; null for none.</summary>
        public ReadingGroup[] Children;
    }
}
