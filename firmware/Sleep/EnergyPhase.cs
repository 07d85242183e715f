namespace Firmware.Sleep
{
    /// <summary>A phase of a wake with a current of its own.</summary>
    public enum EnergyPhase
    {
        /// <summary>From the wake to the first measurement.</summary>
        Boot,

        /// <summary>Measuring and deciding, the radio off.</summary>
        Measure,

        /// <summary>Joining the network.</summary>
        Join,

        /// <summary>Connecting to the broker.</summary>
        Connect,

        /// <summary>Publishing, and saying that it sleeps.</summary>
        Publish,

        /// <summary>Listening and answering.</summary>
        Listen,

        /// <summary>Deep sleep.</summary>
        Sleep,
    }
}
