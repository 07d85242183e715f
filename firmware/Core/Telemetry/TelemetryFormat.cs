namespace Firmware.Telemetry
{
    /// <summary>How readings are written.</summary>
    public enum TelemetryFormat
    {
        /// <summary>SenML packs (RFC 8428).</summary>
        Senml = 0,

        /// <summary>One flat JSON object for each time of measurement.</summary>
        Json = 1,
    }
}
