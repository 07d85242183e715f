namespace Firmware.Platform
{
    /// <summary>What a port reports to the loop.</summary>
    public enum LinkEventKind
    {
        /// <summary>The network was joined.</summary>
        Joined,

        /// <summary>The network could not be joined; the detail says why.</summary>
        JoinFailed,

        /// <summary>The broker accepted the connection.</summary>
        LinkUp,

        /// <summary>The connection could not be opened, or was lost; the detail says why.</summary>
        LinkDown,

        /// <summary>The connection that the device closed has sent everything, including DISCONNECT; no event of it follows.</summary>
        Closed,

        /// <summary>The broker accepted the subscription.</summary>
        Subscribed,

        /// <summary>The broker has acknowledged the message with this id.</summary>
        Acknowledged,

        /// <summary>The client gave up on the message with this id.</summary>
        NotAcknowledged,

        /// <summary>A message arrived.</summary>
        Message,

        /// <summary>A pin or a line has something new. A port posts one at a time, until the loop has asked it.</summary>
        Signal,
    }
}
