namespace Firmware.Diagnostics
{
    /// <summary>How far a run has come; the numbers stand on flash.</summary>
    public enum BootStage
    {
        /// <summary>The settings were read, nothing runs yet.</summary>
        Starting = 0,

        /// <summary>The sensors were looked for.</summary>
        Sensors = 1,

        /// <summary>It was in a Wi-Fi network.</summary>
        Joined = 2,

        /// <summary>It was connected to a broker and listened.</summary>
        Online = 3,

        /// <summary>It has stayed up for a minute.</summary>
        Stable = 4,
    }
}
