using System.Globalization;
using System.Text;
using System.Text.Json;
using M2m.Client.Devices;
using M2m.Client.Telemetry;
using M2m.Client.View;

namespace M2m.Streams;

/// <summary>
/// Influx line protocol: a line a reading, with the tags device, channel and unit. A field of a database has one type
/// permanently, so numbers, booleans and texts have a field each. A child of a gateway that is lost or back is a line, too.
/// </summary>
internal sealed class InfluxStream
{
    private const string Measurement = "m2m";
    private const string ChildMeasurement = "m2m_child_up";
    private const char Replacement = '_';

    // Nanoseconds since 1970 have 63 bits.
    private const double LatestSecond = 9_223_372_036;

    private readonly Dictionary<string, ChildStates> _children = [];

    public IEnumerable<string> Lines(DeviceMessage message) => message switch
    {
        { Telemetry: { } telemetry } => telemetry.Readings.Select(reading => Line(message, reading)).OfType<string>(),
        { Presence: { } presence } => ChildrenOf(message.Device).Apply(presence, message.Time)
            .Select(change => string.Create(CultureInfo.InvariantCulture, $"{ChildMeasurement},device={Tag(message.Device)},child={Tag(change.Child)} value={(change.IsUp ? 1 : 0)} {Milliseconds(presence.Time ?? -1, message)}000000")),
        _ => [],
    };

    private ChildStates ChildrenOf(string device)
    {
        if (!_children.TryGetValue(device, out ChildStates? children))
        {
            children = new ChildStates();
            if (_children.Count < PresenceList.MaxDevices)
            {
                _children.Add(device, children);
            }
        }

        return children;
    }

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
        return field is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Measurement},device={Tag(message.Device)},channel={Tag(reading.Name)}{unit} {field} {Milliseconds(reading.Time, message)}000000");
    }

    private static long Milliseconds(double time, DeviceMessage message) => time is >= 0 and < LatestSecond ? (long)Math.Round(time * 1000) : message.Time.ToUnixTimeMilliseconds();

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
