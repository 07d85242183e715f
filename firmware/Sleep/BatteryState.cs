namespace Firmware.Sleep
{
    /// <summary>How the battery is.</summary>
    public enum BatteryState
    {
        /// <summary>Well, or there is none.</summary>
        Normal,

        /// <summary>Below the first threshold: the interval doubles.</summary>
        Low,

        /// <summary>Below the second threshold: only alarms are sent.</summary>
        Critical,
    }
}
