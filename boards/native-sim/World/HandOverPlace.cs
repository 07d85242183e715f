namespace Boards.NativeSim.World;

/// <summary>Where one thread hands something to another.</summary>
public enum HandOverPlace
{
    /// <summary>A packet, to the task that sends.</summary>
    Send,

    /// <summary>A packet, from the socket to the client.</summary>
    Receive,

    /// <summary>An event of the client, to the task that raises it.</summary>
    Event,

    /// <summary>A link event, from the port to who watches.</summary>
    Post,

    /// <summary>A link event, to the firmware's inbox.</summary>
    Deliver,

    /// <summary>The port's worker begins to connect.</summary>
    Connect,

    /// <summary>The port's worker begins to disconnect.</summary>
    Disconnect,

    /// <summary>The port's worker begins to close.</summary>
    Close,
}
