namespace Firmware.Updates
{
    /// <summary>A condition for the download of an accepted update.</summary>
    public enum UpdateGate
    {
        /// <summary>All gates are open.</summary>
        None,

        /// <summary>The device is not in the share of the fleet that takes the version.</summary>
        Canary,

        /// <summary>The battery has too little charge.</summary>
        Battery,

        /// <summary>The signal of the access point is too weak.</summary>
        Signal,

        /// <summary>The time is outside the hours for updates, or not known.</summary>
        Hours,

        /// <summary>The random delay is not over.</summary>
        Delay,
    }
}
