namespace Firmware.Connectivity
{
    /// <summary>What is to be done when the connection has moved.</summary>
    public enum ConnectionAction
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Begin to join the network.</summary>
        Join,

        /// <summary>Begin to connect to the broker.</summary>
        Connect,

        /// <summary>Subscribe.</summary>
        Subscribe,

        /// <summary>Say that the device is online.</summary>
        Announce,

        /// <summary>Drop what is left of the connection.</summary>
        Drop,

        /// <summary>Drop what is left of the connection and leave the network: no broker is to be reached through it.</summary>
        LeaveNetwork,

        /// <summary>Drop what is left of the connection, and turn the radio off and on.</summary>
        RestartRadio,
    }
}
