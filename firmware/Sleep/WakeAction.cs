namespace Firmware.Sleep
{
    /// <summary>What to do when a wake has changed its state.</summary>
    public enum WakeAction
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Turn the radio on and connect. A connection that retries by itself needs nothing more.</summary>
        Connect,

        /// <summary>Publish what waits.</summary>
        Publish,

        /// <summary>Only listen and respond.</summary>
        Listen,

        /// <summary>Publish "sleeping".</summary>
        Announce,

        /// <summary>
        /// Write the wake record and sleep. Disconnect in order when <see cref="WakeCycle.IsAnnounced"/>; otherwise drop
        /// the connection, so that the broker publishes the will.
        /// </summary>
        Sleep,
    }
}
