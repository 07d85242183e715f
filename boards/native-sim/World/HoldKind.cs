namespace Boards.NativeSim.World;

/// <summary>Who ends what is under way, and so how long it is waited for.</summary>
public enum HoldKind
{
    /// <summary>We do, soon.</summary>
    Own,

    /// <summary>The host does, soon, unless the other end of a connection takes nothing.</summary>
    Transport,

    /// <summary>A peer, which may never respond.</summary>
    Answer,

    /// <summary>A client of the broker, which may not exist.</summary>
    Stranger,
}
