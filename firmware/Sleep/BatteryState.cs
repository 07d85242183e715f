namespace Firmware.Sleep
{
    /// <summary>Charge of the battery relative to the two thresholds in the settings.</summary>
    public enum BatteryState
    {
        /// <summary>Above both thresholds, or there is no battery.</summary>
        Normal,

        /// <summary>Below <c>power.low</c>: the interval doubles.</summary>
        Low,

        /// <summary>Below <c>power.critical</c>: the radio is used for alarms only.</summary>
        Critical,
    }
}
