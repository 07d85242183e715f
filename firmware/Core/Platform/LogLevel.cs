namespace Firmware.Platform
{
    /// <summary>How grave a line of the log is.</summary>
    public enum LogLevel
    {
        /// <summary>Nothing is logged.</summary>
        Off = 0,

        /// <summary>Something failed that should not.</summary>
        Error = 1,

        /// <summary>Something is not as it should be; the device helps itself.</summary>
        Warning = 2,

        /// <summary>What the device does: starts, connections, changed settings.</summary>
        Information = 3,

        /// <summary>Each request and each step.</summary>
        Debug = 4,
    }
}
