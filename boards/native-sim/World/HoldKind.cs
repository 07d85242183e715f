namespace Boards.NativeSim.World;

/// <summary>Who ends what is under way, and so how long it is waited for.</summary>
public enum HoldKind
{
    /// <summary>We do, soon.</summary>
    Own,

    /// <summary>The host does, soon, unless the other end of a connection takes nothing.</summary>
    Transport,

    /// <summary>Somebody else, who may never answer.</summary>
    Answer,

    /// <summary>Somebody at the broker, who may not be there at all.</summary>
    Stranger,
}
