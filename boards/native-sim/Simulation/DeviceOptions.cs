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

    /// <summary>Whether the radio joins at once instead of taking seconds.</summary>
    public bool InstantJoin { get; init; }
}
