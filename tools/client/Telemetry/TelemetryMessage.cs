using System.Text.Json;
using M2m.Client.Mqtt;

namespace M2m.Client.Telemetry;

/// <summary>Readings in either rendering: a SenML pack (RFC 8428), or one flat JSON object (telemetry.format json).</summary>
public sealed class TelemetryMessage
{
    private const int MaxReadings = 1000;

    // A time below this counts from now (RFC 8428 section 4.5.3).
    private const double LeastAbsolute = 1 << 28;

    private static readonly string[] NotReadings = ["seq", "time", "age", "timeUnknown"];

    private TelemetryMessage(double? sequence, bool hasTime, bool isTimeUnknown, List<Reading> readings, int notRead)
    {
        NotRead = notRead;
        Sequence = sequence;
        HasTime = hasTime;
        IsTimeUnknown = isTimeUnknown;
        Readings = readings;
    }

    public double? Sequence { get; }

    /// <summary>The device never knew the time of the measurement.</summary>
    public bool IsTimeUnknown { get; }

    /// <summary>How many readings or records there were beyond the 1000 that are read.</summary>
    public int NotRead { get; }

    /// <summary>The readings in their order. Until <see cref="At"/> their times may be relative.</summary>
    public IReadOnlyList<Reading> Readings { get; }

    public bool HasTime { get; }

    /// <summary>Returns null when the value is in neither rendering.</summary>
    public static TelemetryMessage? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => ReadPack(value),
        JsonValueKind.Object => ReadFlat(value),
        _ => null,
    };

    /// <summary>The same with epoch seconds as times: of a message whose time is unknown that of its arrival.</summary>
    public TelemetryMessage At(DateTimeOffset arrival)
    {
        double now = arrival.ToUnixTimeMilliseconds() / 1000.0;
        double Resolve(double time) => IsTimeUnknown ? now : time < LeastAbsolute ? now + time : time;
        return new TelemetryMessage(Sequence, HasTime, IsTimeUnknown, [.. Readings.Select(reading => reading with { Time = Resolve(reading.Time) })], NotRead);
    }

    public void WriteMembersTo(Utf8JsonWriter writer)
    {
        if (Sequence is { } sequence)
        {
            writer.WriteNumber("seq", sequence);
        }

        if (IsTimeUnknown)
        {
            writer.WriteBoolean("timeUnknown", true);
        }

        writer.WriteStartArray("readings");
        foreach (Reading reading in Readings)
        {
            reading.WriteTo(writer);
        }

        writer.WriteEndArray();
        if (NotRead > 0)
        {
            writer.WriteNumber("notRead", NotRead);
        }
    }

    public override string ToString()
    {
        IEnumerable<string> readings = Readings.GroupBy(reading => reading.Name).Select(channel => channel.Last().ToString());
        string text = string.Join(' ', Sequence is { } sequence ? readings.Prepend(FormattableString.Invariant($"seq {sequence}")) : readings);
        return NotRead == 0 ? text : FormattableString.Invariant($"{text} ({NotRead} not read)");
    }

    private static TelemetryMessage? ReadPack(JsonElement value) =>
        SenmlPack.Read(value, MaxReadings) is { } pack && (pack.Sequence is not null || pack.Readings.Count > 0)
            ? new TelemetryMessage(pack.Sequence, pack.BaseTime is not null, pack.IsTimeUnknown, pack.Readings, pack.NotRead)
            : null;

    private static TelemetryMessage? ReadFlat(JsonElement value)
    {
        double? absolute = Json.Number(value, "time");
        double time = absolute ?? -(Json.Number(value, "age") ?? 0);
        bool isTimeUnknown = Json.Member(value, "timeUnknown") is { ValueKind: JsonValueKind.True };
        JsonProperty[] members = [.. value.EnumerateObject().Where(member => !NotReadings.Contains(member.Name)
            && member.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False)];
        List<Reading> readings = [.. members.Take(MaxReadings).Select(member => new Reading(member.Name, member.Value, string.Empty, time))];
        double? sequence = Json.Number(value, "seq");
        return sequence is null && readings.Count == 0 ? null : new TelemetryMessage(sequence, absolute is not null, isTimeUnknown, readings, members.Length - readings.Count);
    }
}
