using Boards.NativeSim.World;

namespace Boards.NativeSim.Faults;

internal sealed record Fault
{
    public required FaultKind Kind { get; init; }

    /// <summary>Begin, in seconds of the world.</summary>
    public int At { get; init; }

    /// <summary>Duration in seconds; null: to the end of the run.</summary>
    public int? For { get; init; }

    /// <summary>Seconds from one begin to the next; null: once.</summary>
    public int? Every { get; init; }

    /// <summary>Number of the device; null: all.</summary>
    public int? Device { get; init; }

    /// <summary>Latency: milliseconds added to each response of the broker.</summary>
    public int Ms { get; init; }

    /// <summary>Clock: how much it runs fast, in parts per million. Drift: how much longer a deep sleep is.</summary>
    public int Ppm { get; init; }

    public int Pin { get; init; }

    public bool IsHigh { get; init; }

    public SensorFault Sensor { get; init; }

    /// <summary>Sensor: its 7-bit address, of a DS18B20 its number; null: all.</summary>
    public int? Address { get; init; }

    public int Write { get; init; }

    /// <summary>Power: how many bytes of that write are durable.</summary>
    public int Keep { get; init; }
}
