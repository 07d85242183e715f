using System.Security.Cryptography;
using Boards.NativeSim.Faults;
using Boards.NativeSim.Playback;
using Boards.NativeSim.World;
using M2m.Client.Mqtt;

namespace Boards.NativeSim;

/// <summary>The command line. Null: the option was not given.</summary>
internal sealed record RunOptions
{
    public BrokerAddress? Broker { get; init; }

    /// <summary>The embedded broker speaks TLS, with certificates made for this run.</summary>
    public bool IsTls { get; init; }

    /// <summary>What devices and the subscriber trust and show at another broker; null without TLS.</summary>
    public RunCredentials? Credentials { get; init; }

    /// <summary>Of the program's own subscriber and those who watch; null: as the devices'.</summary>
    public BrokerAddress? Observer { get; init; }

    /// <summary>Paths of the certificate that the subscriber and those who watch show, and of its key; null: none.</summary>
    public (string Certificate, string Key)? ObserverFiles { get; init; }

    /// <summary>Path of the authorities; null: not given.</summary>
    public string? CaFile { get; init; }

    /// <summary>Null: of the devices that of the settings; of the program's subscriber 5, and 3.1.1 where 5 is refused.</summary>
    public string? MqttVersion { get; init; }

    public required int Devices { get; init; }

    /// <summary>Seconds.</summary>
    public int? Interval { get; init; }

    public TimeSpan? Duration { get; init; }

    public required int Seed { get; init; }

    public required IReadOnlyList<(SensorModel Model, int Address)> Sensors { get; init; }

    public string? Prefix { get; init; }

    public string? Mode { get; init; }

    /// <summary>Parts per million.</summary>
    public int SleepDrift { get; init; }

    /// <summary>mAh; null: a supply without end.</summary>
    public int? Battery { get; init; }

    /// <summary>KB; null: the default.</summary>
    public int? FlashKb { get; init; }

    /// <summary>A serial device of the host; null: none.</summary>
    public string? Serial { get; init; }

    public IReadOnlyList<RSAParameters> UpdateKeys { get; init; } = [];

    /// <summary>Where to write the files of an image; null: run.</summary>
    public string? ImageFolder { get; init; }

    /// <summary>Null: the built-in one's with the next minor number.</summary>
    public Version? ImageVersion { get; init; }

    /// <summary>Null: all devices are the same, and nothing but faults happens to them.</summary>
    public Scenario? Scenario { get; init; }

    public string? SettingsPath { get; init; }

    public bool IsFast { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>The devices know nothing: each opens the page for its set-up.</summary>
    public bool IsSetup { get; init; }

    public required bool Json { get; init; }
}
