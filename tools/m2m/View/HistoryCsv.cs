using M2m.Client.Telemetry;
using M2m.Client.View;

namespace M2m.View;

/// <summary>Writes readings as CSV (RFC 4180).</summary>
internal static class HistoryCsv
{
    private const string SpreadsheetFormulas = "=+-@";

    public static IEnumerable<string> Rows(IReadOnlyCollection<Reading> readings)
    {
        string[] names = [.. readings.Select(reading => reading.Name).Distinct()];
        yield return string.Join(',', names.Prepend("time").Select(Field));
        foreach (IGrouping<double, Reading> moment in readings.GroupBy(reading => reading.Time).OrderBy(group => group.Key))
        {
            Dictionary<string, Reading> values = moment.DistinctBy(reading => reading.Name).ToDictionary(reading => reading.Name);
            IEnumerable<string> fields = names.Select(name => values.TryGetValue(name, out Reading? reading) ? Field(reading) : string.Empty);
            yield return string.Join(',', fields.Prepend(TimeText.Iso(moment.Key)));
        }
    }

    private static string Field(Reading reading) => reading.Number is null ? Field(JsonText.Plain(reading.Value)) : reading.Value.GetRawText();

    // A spreadsheet would execute what a hostile device wrote.
    private static string Field(string text)
    {
        string harmless = text.Length > 0 && SpreadsheetFormulas.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return harmless.AsSpan().IndexOfAny(",\"\r\n") < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
