namespace Boards.NativeSim.World;

/// <summary>The firmware goes to deep sleep: unwinds to the scheduler. On a device the call never returns.</summary>
public sealed class ChipDeepSleepException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="wakeAtMs">World milliseconds when the timer wakes the chip; <see cref="long.MaxValue"/> without a timer.</param>
    public ChipDeepSleepException(long wakeAtMs)
        : base("The simulated chip sleeps.") => WakeAtMs = wakeAtMs;

    /// <summary>World milliseconds when the timer wakes the chip; <see cref="long.MaxValue"/> without a timer.</summary>
    public long WakeAtMs { get; }
}
