namespace Firmware.Shutdown
{
    /// <summary>What follows when the device has left the broker.</summary>
    public enum ShutdownReason
    {
        /// <summary>The device does not shut down.</summary>
        None,

        /// <summary>It connects with other settings and goes on.</summary>
        Reconnect,

        /// <summary>The chip restarts.</summary>
        Restart,

        /// <summary>The chip sleeps deeply.</summary>
        Sleep,

        /// <summary>Nothing: the program ends.</summary>
        Stop,
    }
}
