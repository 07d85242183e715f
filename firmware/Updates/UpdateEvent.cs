namespace Firmware.Updates
{
    /// <summary>What moves an update on.</summary>
    public enum UpdateEvent
    {
        /// <summary>An update is accepted, or one that was under way is found again after a start.</summary>
        Offered,

        /// <summary>Nothing speaks against fetching it now.</summary>
        GatesOpen,

        /// <summary>It has to wait.</summary>
        GatesShut,

        /// <summary>The last block was written.</summary>
        Complete,

        /// <summary>What is on flash is not what was to be there.</summary>
        Damaged,

        /// <summary>What is on flash is right.</summary>
        Verified,

        /// <summary>The image on trial does what it has to, or somebody says so.</summary>
        Healthy,

        /// <summary>It was kept.</summary>
        Confirmed,

        /// <summary>It is given up: by request, or because it cannot be stored.</summary>
        GivenUp,

        /// <summary>Time goes by.</summary>
        Tick,
    }
}
