using Boards.NativeSim.World;

namespace Boards.NativeSim.Playback;

/// <summary>A quantity of the air around a device that goes to a value, at a time or when an output is switched.</summary>
internal sealed record WorldMove
{
    /// <summary>Number of the device.</summary>
    public required int Device { get; init; }

    public required string Name { get; init; }

    public required AirQuantity Quantity { get; init; }

    public required double To { get; init; }

    /// <summary>By how much a minute; null: at once.</summary>
    public double? Rate { get; init; }

    /// <summary>Seconds of the world.</summary>
    public int At { get; init; }

    /// <summary>The output that starts it each time that it gets to a level; null: the time does.</summary>
    public (int Device, int Pin, bool IsHigh)? Output { get; init; }
}
