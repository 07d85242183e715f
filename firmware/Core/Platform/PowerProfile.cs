namespace Firmware.Platform
{
    /// <summary>
    /// What a board draws from its battery in each phase of a wake, in microampere: means over the phase, of the whole board
    /// at the battery. Estimates from datasheets unless the board's README says that they were measured.
    /// </summary>
    public sealed class PowerProfile
    {
        /// <summary>From the wake to the first measurement.</summary>
        public int Boot;

        /// <summary>Measuring, the radio off.</summary>
        public int Measure;

        /// <summary>Joining the network.</summary>
        public int Join;

        /// <summary>Connecting to the broker.</summary>
        public int Connect;

        /// <summary>Connecting to a broker with TLS: the CPU computes at its full clock, the radio listens.</summary>
        public int Handshake;

        /// <summary>Publishing and waiting for acknowledgements.</summary>
        public int Publish;

        /// <summary>Listening, the radio on.</summary>
        public int Listen;

        /// <summary>Deep sleep.</summary>
        public int Sleep;
    }
}
