using System.Security.Cryptography;
using Boards.NativeSim.Faults;
using Boards.NativeSim.World;
using M2m.Client.Mqtt;

namespace Boards.NativeSim;

/// <summary>What the command line asks for. Null means that it was not said there.</summary>
internal sealed record RunOptions
{
    /// <summary>The broker to use instead of an embedded one.</summary>
    public BrokerAddress? Broker { get; init; }

    /// <summary>Number of devices.</summary>
    public required int Devices { get; init; }

    /// <summary>Seconds between two measurements.</summary>
    public int? Interval { get; init; }

    /// <summary>After how long of the world's time to stop.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The world's seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Sensors of each device.</summary>
    public required IReadOnlyList<(SensorModel Model, int Address)> Sensors { get; init; }

    /// <summary>First level or levels of all topics.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether devices sleep between measurements, as the setting says it.</summary>
    public string? Mode { get; init; }

    /// <summary>By how much a deep sleep is longer than asked for, in parts per million.</summary>
    public int SleepDrift { get; init; }

    /// <summary>What the battery of each device holds, in mAh; null for a supply that never ends.</summary>
    public int? Battery { get; init; }

    /// <summary>Size of the file partition of each device, in KB; null for the usual one.</summary>
    public int? FlashKb { get; init; }

    /// <summary>Public keys of those who may sign updates.</summary>
    public IReadOnlyList<RSAParameters> UpdateKeys { get; init; } = [];

    /// <summary>Where to write the files of an image, instead of running; null: it runs.</summary>
    public string? ImageFolder { get; init; }

    /// <summary>The version of that image; null for the next minor one.</summary>
    public Version? ImageVersion { get; init; }

    /// <summary>Path of a settings file.</summary>
    public string? SettingsPath { get; init; }

    /// <summary>Whether time is virtual and jumps to the next thing due.</summary>
    public bool IsFast { get; init; }

    /// <summary>What goes wrong on purpose.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Whether to write JSON lines.</summary>
    public required bool Json { get; init; }
}
