using Firmware.Actuation;
using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>What Home Assistant is to be told, as the settings have it.</summary>
    public sealed class DiscoveryOptions
    {
        /// <summary>Whether the device announces itself; otherwise what it once announced is removed.</summary>
        public bool IsEnabled { get; init; }

        /// <summary>First level or levels of the topics on which Home Assistant listens for announcements.</summary>
        public string DiscoveryPrefix { get; init; } = "homeassistant";

        /// <summary>First level or levels of the device's own topics.</summary>
        public string Prefix { get; init; }

        /// <summary>How telemetry is written: decides how Home Assistant reads it.</summary>
        public TelemetryFormat Format { get; init; }

        /// <summary>Seconds between two measurements.</summary>
        public int Interval { get; init; }

        /// <summary>The actuators.</summary>
        public ActuatorRule[] Actuators { get; init; } = new ActuatorRule[0];
    }
}
