namespace M2m.Updates;

/// <summary>How a release is brought to several devices.</summary>
internal sealed record RolloutOptions
{
    /// <summary>Devices at once.</summary>
    public const int StandardBatch = 50;

    /// <summary>Failures in percent that stop it.</summary>
    public const int StandardMaxFailures = 10;

    /// <summary>How long one device may take.</summary>
    public static readonly TimeSpan StandardTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Whether the devices' gates are skipped.</summary>
    public bool IsForced { get; init; }

    /// <summary>Devices at once; a tenth of them is the first wave, which must end before others begin.</summary>
    public int Batch { get; init; } = StandardBatch;

    /// <summary>It stops when more than so many percent of the devices that have finished failed.</summary>
    public int MaxFailures { get; init; } = StandardMaxFailures;

    /// <summary>How long one device may take, from its offer to its end.</summary>
    public TimeSpan Timeout { get; init; } = StandardTimeout;

    /// <summary>How long a device that is online may take to answer an offer.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A device that said nothing for so long is asked how far it is.</summary>
    public TimeSpan QuietPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Devices of the first wave.</summary>
    public int FirstWave => Math.Max(1, Batch / 10);
}
