using Boards.NativeSim.World;

namespace Boards.NativeSim.Faults;

/// <summary>One fault: what, when, for whom.</summary>
internal sealed record Fault
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>When it begins, in seconds of the world.</summary>
    public int At { get; init; }

    /// <summary>How long it lasts, in seconds; null to the end of the run.</summary>
    public int? For { get; init; }

    /// <summary>From one beginning to the next, in seconds; null for once.</summary>
    public int? Every { get; init; }

    /// <summary>Number of the device; null for all.</summary>
    public int? Device { get; init; }

    /// <summary>Latency: milliseconds added to each answer of the broker.</summary>
    public int Ms { get; init; }

    /// <summary>
    /// Clock: how much too fast it runs, in parts per million; negative when slow. Drift: how much longer a deep sleep is.
    /// </summary>
    public int Ppm { get; init; }

    /// <summary>Pin: its GPIO number.</summary>
    public int Pin { get; init; }

    /// <summary>Pin: the level that it is pulled to; without the fault it is at the other one.</summary>
    public bool IsHigh { get; init; }

    /// <summary>Sensor: what is wrong with it.</summary>
    public SensorFault Sensor { get; init; }

    /// <summary>Sensor: its 7-bit address; null for all.</summary>
    public int? Address { get; init; }

    /// <summary>Power: at which write to the flash from the beginning of the fault; 0 at once.</summary>
    public int Write { get; init; }

    /// <summary>Power: how many bytes of that write are durable.</summary>
    public int Keep { get; init; }
}
