namespace Firmware.Connectivity
{
    /// <summary>What moves the connection.</summary>
    public enum ConnectionEvent
    {
        /// <summary>A connection is wanted.</summary>
        Start,

        /// <summary>The network was joined.</summary>
        Joined,

        /// <summary>The network could not be joined.</summary>
        JoinFailed,

        /// <summary>The broker accepted the connection.</summary>
        LinkUp,

        /// <summary>The connection could not be opened, or was lost.</summary>
        LinkDown,

        /// <summary>The broker accepted the subscriptions.</summary>
        Subscribed,

        /// <summary>Time has passed.</summary>
        Tick,

        /// <summary>No connection is wanted any more.</summary>
        Stop,
    }
}
