namespace Firmware.Connectivity
{
    /// <summary>What the caller must do after a change of the connection's state.</summary>
    public enum ConnectionAction
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Join the network; the result follows as an event.</summary>
        Join,

        /// <summary>Connect to the broker; the result follows as an event.</summary>
        Connect,

        /// <summary>Subscribe to the plan's topics.</summary>
        Subscribe,

        /// <summary>Publish that the device is online.</summary>
        Announce,

        /// <summary>Drop what is left of the connection.</summary>
        Drop,

        /// <summary>Drop what is left of the connection and leave the network: no broker can be reached through it.</summary>
        LeaveNetwork,

        /// <summary>Drop what is left of the connection, and turn the radio off and on.</summary>
        RestartRadio,
    }
}
