namespace Firmware.Telemetry
{
    /// <summary>What is known of when a reading was taken.</summary>
    internal enum ReadingTime
    {
        /// <summary>Epoch seconds.</summary>
        Dated = 0,

        /// <summary>How long ago: the clock of this run was not set yet.</summary>
        Relative = 1,

        /// <summary>Nothing: it is of an earlier run whose clock was never set.</summary>
        Unknown = 2,
    }
}
