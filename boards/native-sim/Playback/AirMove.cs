using System.Globalization;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Playback;

/// <summary>A quantity of the air around a device goes to a value.</summary>
internal sealed record AirMove : WorldMove
{
    public required string Name { get; init; }

    public required AirQuantity Quantity { get; init; }

    public required double To { get; init; }

    /// <summary>By how much a minute; null: at once.</summary>
    public double? Rate { get; init; }

    /// <inheritdoc/>
    public override string Begin(SimulatedDevice device, long ms, Scheduler scheduler)
    {
        DateTime from = scheduler.Time.StartUtc.AddMilliseconds(ms);
        double way = Math.Abs(To - device.Chip.Room.ValueOf(Quantity, from));
        TimeSpan over = Rate is { } rate ? TimeSpan.FromMinutes(way / rate) : TimeSpan.Zero;
        device.Chip.Room.Move(Quantity, from, over, To);
        return string.Create(CultureInfo.InvariantCulture, $"{Name} goes to {To} in {over.TotalSeconds:0} s");
    }
}
