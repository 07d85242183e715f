namespace Firmware
{
    /// <summary>What follows when the device has left the broker.</summary>
    internal enum DepartureKind
    {
        /// <summary>It does not leave.</summary>
        None,

        /// <summary>It connects with other settings.</summary>
        Reconnect,

        /// <summary>The chip restarts.</summary>
        Restart,

        /// <summary>The chip sleeps deeply.</summary>
        Sleep,

        /// <summary>Nothing: the program ends.</summary>
        Stop,
    }
}
