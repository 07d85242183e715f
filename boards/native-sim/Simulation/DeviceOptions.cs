using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>What a simulated device is built from.</summary>
public sealed record DeviceOptions
{
    /// <summary>The world's seed: the same seed gives the same values.</summary>
    public int Seed { get; init; }

    /// <summary>Sensors on its I2C bus.</summary>
    public IReadOnlyList<(SensorModel Model, int Address)> Sensors { get; init; } = [(SensorModel.Bme280, 0x76)];

    /// <summary>The text of settings.json in its flash; null leaves the file out.</summary>
    public string? Settings { get; init; }

    /// <summary>By how much its deep sleep is longer than asked for, in parts per million.</summary>
    public double SleepDriftPpm { get; init; }

    /// <summary>What its battery holds, in mAh; null: a supply that never ends.</summary>
    public double? BatteryMah { get; init; }

    /// <summary>How full the battery is at first, in percent.</summary>
    public double BatteryPercent { get; init; } = 100;

    /// <summary>Whether the radio joins at once instead of taking seconds.</summary>
    public bool InstantJoin { get; init; }
}
