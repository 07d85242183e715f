namespace Firmware.HomeAssistant
{
    /// <summary>Maps SenML units to those of Home Assistant (RFC 8428 section 12.1; sensor/const.py).</summary>
    internal static class HomeAssistantUnit
    {
        /// <summary>State class of a current value.</summary>
        internal const string Measurement = "measurement";

        /// <summary>State class of a count that restarts at zero.</summary>
        internal const string Counter = "total_increasing";

        /// <summary>The unit as Home Assistant writes it; an unknown one is unchanged.</summary>
        internal static string Of(string senml)
        {
            switch (senml)
            {
                case "Cel":
                    return "\u00B0C";
                case "%RH":
                    return "%";
                case "Ohm":
                    return "\u03A9";
                default:
                    return senml;
            }
        }

        /// <summary>The device class, or null: Home Assistant has none for resistance.</summary>
        internal static string ClassOf(string senml)
        {
            switch (senml)
            {
                case "Cel":
                    return "temperature";
                case "%RH":
                    return "humidity";
                case "Pa":
                    return "atmospheric_pressure";
                case "V":
                    return "voltage";
                default:
                    return null;
            }
        }
    }
}
