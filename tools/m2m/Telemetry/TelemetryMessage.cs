using System.Text.Json;
using M2m.Mqtt;

namespace M2m.Telemetry;

/// <summary>Readings in either rendering: a SenML pack (RFC 8428) or one flat JSON object.</summary>
internal sealed class TelemetryMessage
{
    private const int MaxReadings = 1000;

    /// <summary>A time below this counts from now (RFC 8428 section 4.5.3).</summary>
    private const double LeastAbsolute = 1 << 28;

    private static readonly string[] ValueMembers = ["v", "vs", "vb", "vd"];
    private static readonly string[] NotReadings = ["seq", "time", "age", "timeUnknown"];

    private TelemetryMessage(double? sequence, bool isTimeUnknown, List<Reading> readings)
    {
        Sequence = sequence;
        IsTimeUnknown = isTimeUnknown;
        Readings = readings;
    }

    /// <summary>Number of the message, or null.</summary>
    public double? Sequence { get; }

    /// <summary>Whether nobody knows when it was measured; then the readings bear the time of their arrival.</summary>
    public bool IsTimeUnknown { get; }

    /// <summary>The readings, in their order.</summary>
    public IReadOnlyList<Reading> Readings { get; }

    /// <summary>Reads a message.</summary>
    /// <param name="value">Any JSON value.</param>
    /// <param name="now">Epoch seconds now.</param>
    /// <returns>Null when it is in neither rendering.</returns>
    public static TelemetryMessage? Read(JsonElement value, double now) => value.ValueKind switch
    {
        JsonValueKind.Array => ReadPack(value, now),
        JsonValueKind.Object => ReadFlat(value, now),
        _ => null,
    };

    private static TelemetryMessage? ReadPack(JsonElement pack, double now)
    {
        double? sequence = null;
        bool isTimeUnknown = false;
        string baseName = string.Empty;
        string baseUnit = string.Empty;
        double baseTime = 0;
        decimal baseValue = 0;
        var readings = new List<Reading>();
        foreach (JsonElement record in pack.EnumerateArray().Take(MaxReadings))
        {
            if (record.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            baseName = Json.Text(record, "bn") ?? baseName;
            baseUnit = Json.Text(record, "bu") ?? baseUnit;
            baseTime = Json.Number(record, "bt") ?? baseTime;
            baseValue = Json.Member(record, "bv") is { ValueKind: JsonValueKind.Number } bv && bv.TryGetDecimal(out decimal number) ? number : baseValue;
            string name = Json.Text(record, "n") ?? string.Empty;
            if (ValueOf(record, baseValue) is not { } value)
            {
                continue;
            }

            switch (name)
            {
                case "seq":
                    sequence = Json.Number(record, "v");
                    break;
                case "time-unknown":
                    isTimeUnknown = true;
                    break;
                default:
                    double time = baseTime + (Json.Number(record, "t") ?? 0);
                    readings.Add(new Reading(name.Length == 0 ? baseName : name, value, Json.Text(record, "u") ?? baseUnit, time < LeastAbsolute ? now + time : time));
                    break;
            }
        }

        return sequence is null && readings.Count == 0 ? null : new TelemetryMessage(sequence, isTimeUnknown, isTimeUnknown ? [.. readings.Select(reading => reading with { Time = now })] : readings);
    }

    private static JsonElement? ValueOf(JsonElement record, decimal baseValue)
    {
        foreach (string member in ValueMembers)
        {
            if (Json.Member(record, member) is { ValueKind: JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False } value)
            {
                return baseValue != 0 && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) && Math.Abs(number) < 1e18m && Math.Abs(baseValue) < 1e18m
                    ? JsonSerializer.SerializeToElement(baseValue + number)
                    : value;
            }
        }

        return null;
    }

    private static TelemetryMessage? ReadFlat(JsonElement value, double now)
    {
        double time = Json.Number(value, "time") ?? (now - (Json.Number(value, "age") ?? 0));
        bool isTimeUnknown = Json.Member(value, "timeUnknown") is { ValueKind: JsonValueKind.True };
        List<Reading> readings = [.. value.EnumerateObject()
            .Where(member => !NotReadings.Contains(member.Name)
                && member.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False)
            .Take(MaxReadings)
            .Select(member => new Reading(member.Name, member.Value, string.Empty, time))];
        double? sequence = Json.Number(value, "seq");
        return sequence is null && readings.Count == 0 ? null : new TelemetryMessage(sequence, isTimeUnknown, readings);
    }
}
