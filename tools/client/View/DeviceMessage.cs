using System.Globalization;
using System.Text;
using System.Text.Json;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.Telemetry;

namespace M2m.Client.View;

/// <summary>A message of a device or to it, read as far as its topic tells what it is.</summary>
public sealed record DeviceMessage
{
    public const string Malformed = "malformed";

    private const int MaxMalformed = 200;

    private DeviceMessage(string device, string type, DateTimeOffset time, bool isRetained)
    {
        Device = device;
        Type = type;
        Time = time;
        IsRetained = isRetained;
    }

    public string Device { get; }

    public string Type { get; private init; }

    public DateTimeOffset Time { get; }

    public bool IsRetained { get; }

    public Presence? Presence { get; private init; }

    public TelemetryMessage? Telemetry { get; private init; }

    public JsonElement? Event { get; private init; }

    public Request? Request { get; private init; }

    public Response? Response { get; private init; }

    public string? Client { get; private init; }

    public string? Text { get; private init; }

    /// <summary>Returns null when the message is not of a device, or is empty: a retained message was removed.</summary>
    public static DeviceMessage? Read(Message message, Topics topics, DateTimeOffset now) =>
        topics.TryRead(message.Topic, out string device, out string level) && message.Payload.Length > 0
            ? Read(device, level, message, now) : null;

    public static DeviceMessage Read(string device, string type, Message message, DateTimeOffset now)
    {
        byte[] payload = message.Payload;
        bool isJson = Json.TryParse(payload, out JsonElement value);
        var read = new DeviceMessage(device, type, now, message.IsRetained);
        return type switch
        {
            Topics.StatusLevel when Presence.Read(device, payload) is { } presence => read with { Presence = presence },
            Topics.TelemetryLevel when isJson && TelemetryMessage.Read(value)?.At(now) is { } telemetry => read with { Telemetry = telemetry },
            Topics.EventLevel when isJson && value.ValueKind == JsonValueKind.Object => read with { Event = value },
            Topics.RequestLevel or Topics.QueryLevel => read with { Request = Request.Read(message.Topic, payload), Text = Beginning(payload) },
            Topics.ResponseLevel when Response.Read(device, payload) is { } response =>
                read with { Response = response, Client = message.Topic[(message.Topic.LastIndexOf('/') + 1)..] },
            _ => read with { Type = Malformed, Text = $"{type}: {Beginning(payload)}" },
        };
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("at", Time.ToUnixTimeMilliseconds() / 1000m);
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

        if (Event is { } happened)
        {
            writer.WritePropertyName("event");
            happened.WriteTo(writer);
        }

        if (Text is not null)
        {
            writer.WriteString("text", Text);
        }

        Telemetry?.WriteMembersTo(writer);
        writer.WriteEndObject();
    }

    public override string ToString() => $"{Time.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {Device} {Type} {Describe()}".TrimEnd();

    public string Describe() => this switch
    {
        { Presence: { } presence } => Flatten(presence.Status, "state"),
        { Event: { } happened } => Flatten(Json.Text(happened, "type") == "boot" ? Notable(happened) : happened, "type"),
        { Telemetry: { } telemetry } => telemetry.ToString(),
        { Request: { Method: not null } request } => request.ToString(),
        { Response: { } response } => $"to {Client}{(response.Id is null ? string.Empty : $" id {response.Id}")} {response.Outcome}",
        _ => Text ?? string.Empty,
    };

    private static string Beginning(byte[] payload) => Encoding.UTF8.GetString(payload.AsSpan(0, Math.Min(payload.Length, MaxMalformed)));

    // What is so after every healthy start would alarm who reads it the first time.
    private static JsonElement Notable(JsonElement boot)
    {
        (string Name, string Normal)[] ordinary = [("safeMode", "false"), ("stage", "starting"), ("cleanShutdown", "true"), ("crashLoopCount", "1"), ("knownGoodRevision", "0")];
        IEnumerable<JsonProperty> notable = boot.EnumerateObject().Where(member => !ordinary.Contains((member.Name, JsonText.Plain(member.Value))));
        return JsonSerializer.SerializeToElement(notable.DistinctBy(member => member.Name).ToDictionary(member => member.Name, member => member.Value));
    }

    // {"type":"alarm","channel":"temperature","state":"high"} becomes: alarm channel temperature state high
    private static string Flatten(JsonElement value, string first)
    {
        IEnumerable<string> others = value.EnumerateObject()
            .Where(member => member.Name != first && member.Name is not ("id" or "time"))
            .Select(member => $"{member.Name} {JsonText.Plain(member.Value)}");
        return string.Join(' ', others.Prepend(Json.Text(value, first) ?? "?"));
    }
}
