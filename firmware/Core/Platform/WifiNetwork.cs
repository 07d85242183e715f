namespace Firmware.Platform
{
    /// <summary>A Wi-Fi network to join.</summary>
    public sealed class WifiNetwork
    {
        /// <summary>Creates a network.</summary>
        /// <param name="ssid">Its name, 1 to 31 bytes of UTF-8.</param>
        /// <param name="password">8 to 63 characters, or empty for an open network. A secret.</param>
        public WifiNetwork(string ssid, string password)
        {
            Ssid = ssid;
            Password = password;
        }

        /// <summary>Its name.</summary>
        public readonly string Ssid;

        /// <summary>A secret: never written to a log, an event or a response.</summary>
        public readonly string Password;
    }
}
