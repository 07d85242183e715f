namespace Firmware.Updates
{
    /// <summary>What moves an update on.</summary>
    public enum UpdateEvent
    {
        /// <summary>An update was accepted, or one in progress was found after a start.</summary>
        Offered,

        /// <summary>All gates are open.</summary>
        GatesOpen,

        /// <summary>A gate is closed.</summary>
        GatesClosed,

        /// <summary>The last block was written.</summary>
        Complete,

        /// <summary>The image on flash is not the one that the manifest describes.</summary>
        Corrupt,

        /// <summary>The image on flash is the one that the manifest describes.</summary>
        Verified,

        /// <summary>The image on trial works, or a client confirms it.</summary>
        Healthy,

        /// <summary>The confirmation is on flash.</summary>
        Confirmed,

        /// <summary>The update cannot be stored, or a client ended it.</summary>
        GivenUp,

        /// <summary>Time has passed.</summary>
        Tick,
    }
}
