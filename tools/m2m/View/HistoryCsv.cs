using M2m.Client.Telemetry;
using M2m.Client.View;

namespace M2m.View;

/// <summary>Writes readings as CSV (RFC 4180): a row a time, a column a channel.</summary>
internal static class HistoryCsv
{
    /// <param name="readings">In any order.</param>
    /// <param name="channels">The columns; empty: a column for each channel that there is.</param>
    public static IEnumerable<string> Rows(IReadOnlyCollection<Reading> readings, IReadOnlyCollection<string> channels)
    {
        ILookup<string, Reading> byName = readings.ToLookup(reading => reading.Name);
        string[] names = [.. (channels.Count > 0 ? channels : byName.Select(channel => channel.Key)).Distinct().Order(StringComparer.Ordinal)];
        Dictionary<string, ChannelDecimals> decimals = names.ToDictionary(name => name, name => new ChannelDecimals(byName[name]));
        yield return string.Join(',', names.Prepend("time").Select(CsvField.Of));
        foreach (IGrouping<double, Reading> moment in readings.GroupBy(reading => reading.Time).OrderBy(group => group.Key))
        {
            ILookup<string, Reading> values = moment.ToLookup(reading => reading.Name);

            // After the clock was set back a channel may have two readings of a time.
            int rows = values.Max(channel => channel.Count());
            for (int row = 0; row < rows; row++)
            {
                IEnumerable<string> fields = names.Select(name => values[name].ElementAtOrDefault(row) is { } reading ? Field(reading, decimals[name]) : string.Empty);
                yield return string.Join(',', fields.Prepend(TimeText.Iso(moment.Key)));
            }
        }
    }

    private static string Field(Reading reading, ChannelDecimals decimals) =>
        reading.Number is null ? CsvField.Of(JsonText.Plain(reading.Value)) : decimals.Write(reading);
}
