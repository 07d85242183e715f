using System.Globalization;
using System.Text;
using System.Text.Json;
using M2m.Client.Telemetry;
using M2m.Client.View;

namespace M2m.Streams;

/// <summary>
/// Influx line protocol: a line a reading, with the tags device, channel and unit. A field of a database has one type
/// permanently, so numbers, booleans and texts have a field each.
/// </summary>
internal static class InfluxStream
{
    private const string Measurement = "m2m";
    private const char Replacement = '_';

    // Nanoseconds since 1970 have 63 bits.
    private const double LatestSecond = 9_223_372_036;

    public static IEnumerable<string> Lines(DeviceMessage message) => message.Telemetry is { } telemetry
        ? telemetry.Readings.Select(reading => Line(message, reading)).OfType<string>() : [];

    private static string? Line(DeviceMessage message, Reading reading)
    {
        string? field = reading.Value.ValueKind switch
        {
            JsonValueKind.Number when reading.Number is { } number => "value=" + number.ToString("R", CultureInfo.InvariantCulture),
            JsonValueKind.True => "bool=true",
            JsonValueKind.False => "bool=false",
            JsonValueKind.String => $"text=\"{Text(reading.Value.GetString()!)}\"",
            _ => null,
        };
        string unit = reading.Unit.Length == 0 ? string.Empty : ",unit=" + Tag(reading.Unit);
        long milliseconds = reading.Time is >= 0 and < LatestSecond ? (long)Math.Round(reading.Time * 1000) : message.Time.ToUnixTimeMilliseconds();
        return field is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Measurement},device={Tag(message.Device)},channel={Tag(reading.Name)}{unit} {field} {milliseconds}000000");
    }

    // A tag must not be empty. A backslash at its end would escape what follows, and there is no escape for it.
    private static string Tag(string text)
    {
        var tag = new StringBuilder(text.Length + 4);
        foreach (char c in PrintableText.Clean(text))
        {
            _ = c switch
            {
                ',' or '=' or ' ' => tag.Append('\\').Append(c),
                '\\' => tag.Append(Replacement),
                _ => tag.Append(c),
            };
        }

        return tag.Length == 0 ? Replacement.ToString() : tag.ToString();
    }

    private static string Text(string text) => PrintableText.Clean(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
