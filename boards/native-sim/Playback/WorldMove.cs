using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.Playback;

/// <summary>Something that happens to a device from outside, at a time or when an output is switched.</summary>
internal abstract record WorldMove
{
    /// <summary>Number of the device.</summary>
    public required int Device { get; init; }

    /// <summary>Seconds of the world.</summary>
    public int At { get; init; }

    /// <summary>The output that starts it each time that it gets to a level; null: the time does.</summary>
    public (int Device, int Pin, bool IsHigh)? Output { get; init; }

    /// <summary>Whether it is so from the beginning, before the device starts.</summary>
    public virtual bool IsInitial => false;

    /// <summary>It begins.</summary>
    /// <param name="device">The device.</param>
    /// <param name="ms">World milliseconds.</param>
    /// <param name="scheduler">For what follows.</param>
    /// <returns>What happens, for people.</returns>
    public abstract string Begin(SimulatedDevice device, long ms, Scheduler scheduler);
}
