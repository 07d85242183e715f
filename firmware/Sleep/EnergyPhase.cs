namespace Firmware.Sleep
{
    /// <summary>Phases of a cycle, each with its own current in the power profile.</summary>
    public enum EnergyPhase
    {
        /// <summary>From the wake to the first measurement.</summary>
        Boot,

        /// <summary>Measuring and deciding, with the radio off.</summary>
        Measure,

        /// <summary>Joining the network.</summary>
        Join,

        /// <summary>Connecting to the broker.</summary>
        Connect,

        /// <summary>Connecting to a broker with TLS: the handshake takes nearly all of it.</summary>
        Handshake,

        /// <summary>Publishing, including "sleeping".</summary>
        Publish,

        /// <summary>Listening for requests and responding.</summary>
        Listen,

        /// <summary>Deep sleep.</summary>
        Sleep,
    }
}
