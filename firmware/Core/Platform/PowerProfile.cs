namespace Firmware.Platform
{
    /// <summary>
    /// What a board draws from its battery in each phase of a wake, in microampere: means over the phase, of the whole board
    /// at the battery. Estimates from datasheets unless the board's README says that they were measured.
    /// </summary>
    public sealed class PowerProfile
    {
        /// <summary>From the wake to the first measurement.</summary>
        public int Boot { get; init; }

        /// <summary>Measuring, the radio off.</summary>
        public int Measure { get; init; }

        /// <summary>Joining the network.</summary>
        public int Join { get; init; }

        /// <summary>Connecting to the broker.</summary>
        public int Connect { get; init; }

        /// <summary>Publishing and waiting for acknowledgements.</summary>
        public int Publish { get; init; }

        /// <summary>Listening, the radio on.</summary>
        public int Listen { get; init; }

        /// <summary>Deep sleep.</summary>
        public int Sleep { get; init; }
    }
}
