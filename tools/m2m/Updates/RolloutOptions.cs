namespace M2m.Updates;

internal sealed record RolloutOptions
{
    public const int DefaultBatch = 50;

    /// <summary>Percent.</summary>
    public const int DefaultMaxFailures = 10;

    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    public bool IsForced { get; init; }

    /// <summary>Devices at once. A tenth of them is the first wave, which must end before others begin.</summary>
    public int Batch { get; init; } = DefaultBatch;

    /// <summary>Percent of the finished devices.</summary>
    public int MaxFailures { get; init; } = DefaultMaxFailures;

    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan QuietPatience { get; init; } = TimeSpan.FromMinutes(1);

    public int FirstWave => Math.Max(1, Batch / 10);
}
