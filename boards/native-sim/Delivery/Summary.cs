namespace Boards.NativeSim.Delivery;

/// <summary>What became of the readings of a run, over all devices.</summary>
/// <param name="Time">When the run ended, UTC of the world.</param>
/// <param name="Readings">Measurements that devices took and found worth sending.</param>
/// <param name="Sent">Telemetry packs handed to the link to the broker, those that were sent again included.</param>
/// <param name="Acknowledged">Telemetry packs that the broker acknowledged.</param>
/// <param name="Lost">Readings that left a device's outbox and never reached the broker; null when nobody watched there.</param>
/// <param name="Duplicates">How often a reading arrived that had arrived before; null when nobody watched.</param>
/// <param name="Dropped">Readings that devices gave up for lack of room.</param>
/// <param name="Reconnects">Connections to the broker after a device's first.</param>
/// <param name="Outbox">Readings that still wait.</param>
/// <param name="Cut">Readings that power cuts took before they were in the flash.</param>
internal sealed record Summary(
    DateTime Time,
    long Readings,
    long Sent,
    long Acknowledged,
    long? Lost,
    long? Duplicates,
    long Dropped,
    long Reconnects,
    long Outbox,
    long Cut)
{
    /// <summary>What the devices drew; null when none of them slept.</summary>
    public EnergySummary? Energy { get; init; }

    /// <summary>The figures by name, in the order in which they are shown.</summary>
    public IEnumerable<(string Name, decimal? Value)> Figures =>
    [
        ("readings", Readings),
        ("sent", Sent),
        ("acknowledged", Acknowledged),
        ("lost", Lost),
        ("duplicates", Duplicates),
        ("dropped", Dropped),
        ("reconnects", Reconnects),
        ("outbox", Outbox),
        ("cut", Cut),
        .. Energy?.Figures ?? [],
    ];

    /// <summary>One line for people.</summary>
    public string Text => string.Join(", ", Figures.Select(figure => $"{figure.Name} {figure.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"}"));
}
