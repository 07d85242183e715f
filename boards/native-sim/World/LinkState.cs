namespace Boards.NativeSim.World;

/// <summary>Where a program's connection to the broker stands.</summary>
public enum LinkState
{
    /// <summary>Not wanted, or no program runs.</summary>
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
