using System;

namespace Firmware.Settings
{
    /// <summary>What it takes to use a changed setting.</summary>
    [Flags]
    public enum SettingEffect
    {
        /// <summary>Nothing: nothing changed.</summary>
        None = 0,

        /// <summary>Used at once.</summary>
        Now = 1,

        /// <summary>A new connection to the broker.</summary>
        Reconnect = 2,

        /// <summary>A new connection that may fail: confirmed only when the device is online again in time.</summary>
        Trial = 4,

        /// <summary>The next start.</summary>
        Restart = 8,
    }
}
