namespace Boards.NativeSim.Delivery;

internal sealed record Summary(
    DateTime Time,
    long Readings,
    long Sent,
    long Acknowledged,
    long? Lost,
    long? Unseen,
    long? Duplicates,
    long Dropped,
    long Reconnects,
    long Outbox,
    long Cut)
{
    public EnergySummary? Energy { get; init; }

    public IEnumerable<(string Name, decimal? Value)> Figures =>
    [
        ("readings", Readings),
        ("sent", Sent),
        ("acknowledged", Acknowledged),
        ("lost", Lost),
        ("unseen", Unseen),
        ("duplicates", Duplicates),
        ("dropped", Dropped),
        ("reconnects", Reconnects),
        ("outbox", Outbox),
        ("cut", Cut),
        .. Energy?.Figures ?? [],
    ];

    public string Text => string.Join(", ", Figures.Select(figure => $"{figure.Name} {figure.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"}"));
}
