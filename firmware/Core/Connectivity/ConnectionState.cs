namespace Firmware.Connectivity
{
    /// <summary>State of a connection.</summary>
    public enum ConnectionState
    {
        /// <summary>Not wanted.</summary>
        Off,

        /// <summary>Joining the network.</summary>
        Joining,

        /// <summary>Opening the connection to the broker.</summary>
        Connecting,

        /// <summary>Waiting for the broker to accept the subscriptions.</summary>
        Subscribing,

        /// <summary>Connected and listening.</summary>
        Online,

        /// <summary>Waiting before the next try.</summary>
        BackingOff,
    }
}
