namespace Boards.NativeSim.World;

/// <summary>Why a chip runs.</summary>
public enum WakeCause
{
    /// <summary>Power was switched on, or came back.</summary>
    PowerOn,

    /// <summary>The firmware restarted it.</summary>
    Restart,

    /// <summary>The timer ended its deep sleep.</summary>
    Timer,

    /// <summary>A pin ended its deep sleep.</summary>
    Pin,
}
