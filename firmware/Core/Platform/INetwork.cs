namespace Firmware.Platform
{
    /// <summary>The radio and the address it gets.</summary>
    public interface INetwork
    {
        /// <summary>Whether there is an address now.</summary>
        bool IsJoined { get; }

        /// <summary>The IPv4 address as text, or null without one.</summary>
        string Address { get; }

        /// <summary>Signal of the access point in dBm (negative), or 0 when it is not known.</summary>
        int SignalDbm { get; }

        /// <summary>
        /// Begins to join and returns at once. Ends with the event <see cref="LinkEventKind.Joined"/> or
        /// <see cref="LinkEventKind.JoinFailed"/> that carries the same number.
        /// </summary>
        /// <param name="attempt">Number of this attempt, so that a late event of an earlier one is recognized.</param>
        /// <param name="network">The network, or null for the one that is stored in the chip.</param>
        void Join(int attempt, WifiNetwork network);

        /// <summary>Leaves the network. Does nothing when there is none.</summary>
        void Leave();

        /// <summary>
        /// Turns the radio off and on and returns at once: a driver that has got stuck starts again. The next
        /// <see cref="Join"/> finds no network joined.
        /// </summary>
        void Restart();

        /// <summary>Overwrites the network that is stored in the chip. A network that is joined stays so.</summary>
        /// <returns>False when that failed.</returns>
        bool Forget();
    }
}
