using System.Globalization;
using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.Playback;

/// <summary>A meter at a pin turns faster or slower from now on, or stands still.</summary>
internal sealed record MeterMove : WorldMove
{
    public required string Name { get; init; }

    public required int Pin { get; init; }

    /// <summary>Pulses an hour.</summary>
    public required double To { get; init; }

    /// <inheritdoc/>
    public override bool IsInitial => Output is null && At == 0;

    /// <inheritdoc/>
    public override string Begin(SimulatedDevice device, long ms, Scheduler scheduler)
    {
        if (!device.Meters.TryGetValue(Pin, out TurningMeter? meter))
        {
            meter = new TurningMeter(device.Chip.Pins, Pin, scheduler);
            device.Meters.Add(Pin, meter);
        }

        meter.Turn(To, ms);
        return string.Create(CultureInfo.InvariantCulture, $"{Name} turns with {To} pulses an hour");
    }
}
