namespace Boards.NativeSim.World;

/// <summary>Why a chip no longer runs. It stands until the chip is powered on again.</summary>
public enum ChipStop
{
    /// <summary>It runs.</summary>
    None,

    /// <summary>The firmware asked for a restart.</summary>
    Restart,

    /// <summary>The firmware went to deep sleep.</summary>
    DeepSleep,

    /// <summary>Power was lost.</summary>
    PowerCut,
}
