using System.Security.Cryptography;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>What a simulated device is built from.</summary>
public sealed record DeviceOptions
{
    /// <summary>The file partition of a board with 4 MB.</summary>
    public const int StandardFlashBytes = 256 * 1024;

    private const int OtherFilesBytes = 64 * 1024;
    private const int BlockBytes = 4096;
    private const int LargestImageBytes = 72 * BlockBytes;

    /// <summary>The world's seed: the same seed gives the same values.</summary>
    public int Seed { get; init; }

    /// <summary>Its sensors; the address of a DS18B20 is its number, from 1.</summary>
    public IReadOnlyList<(SensorModel Model, int Address)> Sensors { get; init; } = [(SensorModel.Bme280, 0x76)];

    /// <summary>How many meters are on its serial line, at the addresses from 1 on.</summary>
    public int Meters { get; init; }

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

    /// <summary>Size of its file partition in bytes.</summary>
    public int FlashBytes { get; init; } = StandardFlashBytes;

    /// <summary>Public keys of those who may sign updates for it.</summary>
    public IReadOnlyList<RSAParameters> UpdateKeys { get; init; } = [];

    /// <summary>Names and PEM of the credentials of a device, by its id.</summary>
    public Func<string, IReadOnlyList<(string Name, string Pem)>>? Credentials { get; init; }

    /// <summary>Bytes that the image of an update may have: there are two in the files, beside outbox and settings.</summary>
    public int ImageCapacity => Math.Clamp((FlashBytes - OtherFilesBytes) / 2 / BlockBytes * BlockBytes, 0, LargestImageBytes);
}
