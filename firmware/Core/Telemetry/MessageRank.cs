namespace Firmware.Telemetry
{
    /// <summary>The order in which sources publish; urgent ones go before all.</summary>
    public enum MessageRank
    {
        /// <summary>Presence on the status topic.</summary>
        Presence,

        /// <summary>Responses to requests.</summary>
        Response,

        /// <summary>Events.</summary>
        Event,

        /// <summary>Readings.</summary>
        Reading,

        /// <summary>Descriptions of the device for others, such as discovery.</summary>
        Discovery,

        /// <summary>Lines of the log.</summary>
        Log,
    }
}
