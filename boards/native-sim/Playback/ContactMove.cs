using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Playback;

/// <summary>A contact at a pin goes to a level: a door, a button, a motion detector; or it gives pulses, as a counter does.</summary>
internal sealed record ContactMove : WorldMove
{
    /// <summary>How long a pulse is, and the pause after it.</summary>
    public const int PulseMs = 100;

    public required string Name { get; init; }

    public required int Pin { get; init; }

    public bool IsHigh { get; init; }

    /// <summary>After how many milliseconds it goes back; null: it stays.</summary>
    public int? ForMs { get; init; }

    /// <summary>0: it goes to a level.</summary>
    public int Pulses { get; init; }

    /// <inheritdoc/>
    public override bool IsInitial => Output is null && At == 0 && Pulses == 0;

    /// <inheritdoc/>
    public override string Begin(SimulatedDevice device, long ms, Scheduler scheduler)
    {
        SimulatedPins pins = device.Chip.Pins;
        if (Pulses > 0)
        {
            // Later ones find it as the one before has left it.
            Pulse(pins, pins.IsWired(Pin, true), Pulses, ms, scheduler);
            return $"{Name} gives {Pulses} pulse{(Pulses == 1 ? string.Empty : "s")}";
        }

        pins.Wire(Pin, IsHigh);
        if (ForMs is { } duration)
        {
            scheduler.At(ms + duration, () => pins.Wire(Pin, !IsHigh));
        }

        return Text(Name, IsHigh) + (ForMs is { } length ? $" for {length} ms" : string.Empty);
    }

    /// <summary>A level, for people.</summary>
    public static string Text(string name, bool isHigh) => $"{name} goes to {(isHigh ? 1 : 0)}";

    private void Pulse(SimulatedPins pins, bool rest, int left, long ms, Scheduler scheduler)
    {
        pins.Wire(Pin, !rest);
        scheduler.At(ms + PulseMs, () => pins.Wire(Pin, rest));
        if (left > 1)
        {
            scheduler.At(ms + (2 * PulseMs), () => Pulse(pins, rest, left - 1, ms + (2 * PulseMs), scheduler));
        }
    }
}
