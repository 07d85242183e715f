namespace Firmware.Sensing
{
    /// <summary>A channel's value relative to its thresholds.</summary>
    public enum AlarmState
    {
        /// <summary>Between them, or none are set.</summary>
        Normal,

        /// <summary>At the low threshold or below, and not yet back by the hysteresis.</summary>
        Low,

        /// <summary>At the high threshold or above, and not yet back by the hysteresis.</summary>
        High,
    }
}
