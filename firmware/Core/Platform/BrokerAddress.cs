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

        /// <summary>Whether TLS is used. The broker's certificate and name are verified then, always.</summary>
        public bool IsSecure;

        /// <summary>Name in <see cref="ICredentials"/> of the authorities that may sign the broker's certificate; null for those that the platform knows.</summary>
        public string Ca;

        /// <summary>Name in <see cref="ICredentials"/> of our own certificate and key; null for none.</summary>
        public string Credential;

        /// <summary>The name in the broker's certificate, when it is not <see cref="Host"/>; else null.</summary>
        public string HostName;
    }
}
