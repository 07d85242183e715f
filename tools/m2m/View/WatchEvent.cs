using System.Globalization;
using System.Text;
using System.Text.Json;
using M2m.Devices;
using M2m.Mqtt;
using M2m.Telemetry;

namespace M2m.View;

/// <summary>Something that a device said.</summary>
internal sealed class WatchEvent
{
    private const int MaxMalformed = 200;

    private WatchEvent(string device, string type, DateTimeOffset at, bool isRetained)
    {
        Device = device;
        Type = type;
        At = at;
        IsRetained = isRetained;
    }

    /// <summary>Who said it.</summary>
    public string Device { get; }

    /// <summary><c>status</c>, <c>telemetry</c> or <c>event</c>; <c>malformed</c> for what is not what its topic promises.</summary>
    public string Type { get; }

    /// <summary>When it came.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Whether the broker had kept it: then it may be old.</summary>
    public bool IsRetained { get; }

    /// <summary>What a status says, or null.</summary>
    public Presence? Presence { get; private init; }

    /// <summary>What telemetry says, or null.</summary>
    public TelemetryMessage? Telemetry { get; private init; }

    /// <summary>What an event says, or null.</summary>
    public JsonElement? Happened { get; private init; }

    /// <summary>The beginning of what was malformed, or null.</summary>
    public string? Text { get; private init; }

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="topics">The topics.</param>
    /// <param name="now">Now.</param>
    /// <returns>Null when it is not of a device, or says nothing: its status was removed.</returns>
    public static WatchEvent? Read(Message message, Topics topics, DateTimeOffset now)
    {
        if (!topics.TryRead(message.Topic, out string device, out string level) || message.Payload.Length == 0)
        {
            return null;
        }

        bool isJson = Json.TryParse(message.Payload, out JsonElement value);
        switch (level)
        {
            case Topics.StatusLevel when Presence.Read(device, message.Payload) is { } presence:
                return new WatchEvent(device, level, now, message.IsRetained) { Presence = presence };
            case Topics.TelemetryLevel when isJson && TelemetryMessage.Read(value, now.ToUnixTimeMilliseconds() / 1000.0) is { } telemetry:
                return new WatchEvent(device, level, now, message.IsRetained) { Telemetry = telemetry };
            case Topics.EventLevel when isJson && value.ValueKind == JsonValueKind.Object:
                return new WatchEvent(device, level, now, message.IsRetained) { Happened = value };
            default:
                string text = $"{level}: {Encoding.UTF8.GetString(message.Payload.AsSpan(0, Math.Min(message.Payload.Length, MaxMalformed)))}";
                return new WatchEvent(device, "malformed", now, message.IsRetained) { Text = text };
        }
    }

    /// <summary>Writes it for programs.</summary>
    /// <param name="writer">Takes it.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("at", At.ToUnixTimeMilliseconds() / 1000m);
        writer.WriteString("device", Device);
        writer.WriteString("type", Type);
        if (IsRetained)
        {
            writer.WriteBoolean("retained", true);
        }

        if (Presence is not null)
        {
            writer.WritePropertyName("status");
            Presence.Status.WriteTo(writer);
        }

        if (Happened is { } happened)
        {
            writer.WritePropertyName("event");
            happened.WriteTo(writer);
        }

        if (Text is not null)
        {
            writer.WriteString("text", Text);
        }

        if (Telemetry is not null)
        {
            WriteTelemetry(writer, Telemetry);
        }

        writer.WriteEndObject();
    }

    /// <summary>One line for people.</summary>
    /// <returns>Not yet clean.</returns>
    public override string ToString() => $"{At.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {Device} {Type} {Describe()}".TrimEnd();

    /// <summary>What was said, without when, who and what it is.</summary>
    /// <returns>Not yet clean.</returns>
    public string Describe() => this switch
    {
        { Presence: { } presence } => Flatten(presence.Status, "state"),
        { Happened: { } happened } => Flatten(happened, "type"),
        { Telemetry: { } telemetry } => string.Join("  ", telemetry.Readings.Select(reading => $"{reading.Name} {reading.ValueAndUnit}")),
        _ => Text ?? string.Empty,
    };

    private static void WriteTelemetry(Utf8JsonWriter writer, TelemetryMessage telemetry)
    {
        if (telemetry.Sequence is { } sequence)
        {
            writer.WriteNumber("seq", sequence);
        }

        if (telemetry.IsTimeUnknown)
        {
            writer.WriteBoolean("timeUnknown", true);
        }

        writer.WriteStartArray("readings");
        foreach (Reading reading in telemetry.Readings)
        {
            reading.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    // {"type":"alarm","channel":"temperature","state":"high"} becomes: alarm channel temperature state high
    private static string Flatten(JsonElement value, string lead)
    {
        IEnumerable<string> others = value.EnumerateObject()
            .Where(member => member.Name != lead && member.Name is not ("id" or "time"))
            .Select(member => $"{member.Name} {JsonText.Plain(member.Value)}");
        return string.Join(' ', others.Prepend(Json.Text(value, lead) ?? "?"));
    }
}
