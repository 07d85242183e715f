namespace Firmware.Platform
{
    /// <summary>The chip's own access point, for the set-up: its radio, and the sockets on it.</summary>
    public interface IAccessPoint
    {
        /// <summary>Whether the chip has started with its access point on: the mode is read when Wi-Fi starts.</summary>
        bool IsOn { get; }

        /// <summary>Whether a network is stored in the chip, by a flashing tool or an earlier join.</summary>
        bool KnowsNetwork { get; }

        /// <summary>Stores whether the chip opens the access point at its next start; nothing changes before that.</summary>
        /// <param name="name">Its name, 1 to 31 bytes; null to stay closed.</param>
        /// <returns>False when that could not be stored.</returns>
        bool Store(string name);

        /// <summary>
        /// Begins to listen: UDP 67 (DHCP), UDP 53 (DNS), TCP 80 (HTTP), one client of HTTP at a time. A worker calls the
        /// service. Each complete request posts <see cref="LinkEventKind.Signal"/>.
        /// </summary>
        /// <param name="service">Answers.</param>
        /// <returns>False when it cannot listen.</returns>
        bool Listen(IAccessPointService service);

        /// <summary>Ends that, and closes what is open.</summary>
        void Stop();

        /// <summary>Begins to look for networks; the end posts <see cref="LinkEventKind.Signal"/>.</summary>
        /// <returns>False when that cannot be done now.</returns>
        bool Scan();

        /// <summary>Gives what the last scan has found, the strongest first, each name once.</summary>
        /// <param name="names">Receives the names, from its start.</param>
        /// <param name="signalsDbm">Receives the signals in dBm.</param>
        /// <returns>How many there are; -1 before a scan has ended.</returns>
        int Found(string[] names, int[] signalsDbm);
    }
}
