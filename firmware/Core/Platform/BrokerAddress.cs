namespace Firmware.Platform
{
    /// <summary>Where the MQTT broker is and who we are to it.</summary>
    public sealed class BrokerAddress
    {
        /// <summary>Creates an address.</summary>
        /// <param name="host">Host name or IPv4 address.</param>
        /// <param name="port">1 to 65535.</param>
        /// <param name="user">User name, or null.</param>
        /// <param name="password">Password, or null. A secret.</param>
        public BrokerAddress(string host, int port, string user, string password)
        {
            Host = host;
            Port = port;
            User = user;
            Password = password;
        }

        /// <summary>Host name or IPv4 address.</summary>
        public readonly string Host;

        /// <summary>TCP port.</summary>
        public readonly int Port;

        /// <summary>User name, or null.</summary>
        public readonly string User;

        /// <summary>A secret: never written to a log, an event or a response.</summary>
        public readonly string Password;
    }
}
