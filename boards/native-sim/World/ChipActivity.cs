namespace Boards.NativeSim.World;

/// <summary>What a chip is at, as far as its supply feels it.</summary>
public enum ChipActivity
{
    /// <summary>No power.</summary>
    Off,

    /// <summary>Deep sleep: only the timer runs.</summary>
    DeepSleep,

    /// <summary>From a reset or a wake to the first line of the program.</summary>
    Boot,

    /// <summary>The program runs or waits, the radio is off.</summary>
    Cpu,

    /// <summary>The radio looks for its network and joins it.</summary>
    Joining,

    /// <summary>The radio is joined and listens.</summary>
    Joined,
}
