namespace Firmware.HomeAssistant
{
    /// <summary>Maps SenML units to those of Home Assistant (RFC 8428 section 12.1; sensor/const.py). Tables are smaller than code.</summary>
    internal static class HomeAssistantUnit
    {
        /// <summary>State class of a current value.</summary>
        internal const string Measurement = "measurement";

        /// <summary>State class of a count that may restart at zero, and of a meter.</summary>
        internal const string Total = "total_increasing";

        private const string Units = "|Cel=\u00B0C|%RH=%|Ohm=\u03A9|m3=m\u00B3|m3/h=m\u00B3/h|Wh/h=W|kWh/h=kW|lat=\u00B0|lon=\u00B0|";
        private const string Classes = "|Cel=temperature|%RH=humidity|Pa=atmospheric_pressure|V=voltage|A=current|lx=illuminance"
            + "|W=power|kW=power|Wh/h=power|kWh/h=power|VA=apparent_power|var=reactive_power|Hz=frequency|m/s=speed"
            + "|m3/h=volume_flow_rate|";

        private const string TotalClasses = "|Wh=energy|kWh=energy|L=water|m3=water|";

        /// <summary>The unit as Home Assistant writes it; an unknown one is unchanged.</summary>
        internal static string Of(string senml) => Find(Units, senml) ?? senml;

        /// <summary>The device class, or null: Home Assistant has none for resistance.</summary>
        internal static string ClassOf(string senml) => Find(Classes, senml);

        /// <summary>The same of the total of a meter. Its unit does not say whether it counts water or gas.</summary>
        internal static string ClassOfTotal(string senml, string name) =>
            senml == "m3" && name.IndexOf("gas") >= 0 ? "gas" : Find(TotalClasses, senml);

        private static string Find(string table, string senml)
        {
            string entry = "|" + senml + "=";
            int at = table.IndexOf(entry);
            if (at < 0)
            {
                return null;
            }

            at += entry.Length;
            return table.Substring(at, table.IndexOf('|', at) - at);
        }
    }
}
