namespace Firmware.Sleep
{
    /// <summary>What is to be done when a wake has moved.</summary>
    public enum WakeAction
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Turn the radio on and connect; a connection that tries again by itself needs nothing more.</summary>
        Connect,

        /// <summary>Publish what waits.</summary>
        Publish,

        /// <summary>Only listen and answer.</summary>
        Listen,

        /// <summary>Publish "sleeping".</summary>
        Leave,

        /// <summary>
        /// Write the wake record and sleep; before, disconnect cleanly if <see cref="WakeCycle.IsTold"/>, otherwise drop
        /// the connection, so that the will speaks.
        /// </summary>
        Sleep,
    }
}
