using System.Text.Json;
using M2m.Client.Mqtt;
using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>The state of a device's update: from an event, or from the response to <c>update.status</c>.</summary>
internal sealed record UpdateEvent
{
    public const string Idle = "idle";

    public const string Waiting = "waiting";

    public const string Downloading = "downloading";

    public const string Installing = "installing";

    public const string Trial = "trial";

    public const string Confirmed = "confirmed";

    public const string RolledBack = "rolled-back";


    public const string Refused = "refused";

    public const string Cancelled = "cancelled";

    public const string Failed = "failed";

    private const int MaxText = 256;

    public required string State { get; init; }

    public ReleaseVersion? Version { get; init; }

    public int? Blocks { get; init; }

    public int? Of { get; init; }

    /// <summary>LwM2M object 5, resource 5.</summary>
    public int? Result { get; init; }

    public string? Reason { get; init; }

    public string? Gate { get; init; }

    /// <summary>Null: the built-in image; null in events.</summary>
    public string? Image { get; init; }

    /// <summary>Null in events.</summary>
    public string? BuiltIn { get; init; }

    /// <summary>Null in events.</summary>
    public string? Running => Image ?? BuiltIn;

    public static string WithGate(string state, string? gate) => state == Waiting && gate is not null ? $"{state} for {gate}" : state;

    public static UpdateEvent? ReadEvent(byte[] payload) =>
        Json.TryParse(payload, out JsonElement value) && Json.Text(value, "type") == "update" ? Read(value) : null;

    public static UpdateEvent? Read(JsonElement value) => Cut(Json.Text(value, "state")) is not { Length: > 0 } state ? null : new UpdateEvent
    {
        State = state,
        Version = ReleaseVersion.TryParse(Json.Text(value, "version"), out ReleaseVersion version) ? version : null,
        Blocks = Number(value, "blocks"),
        Of = Number(value, "of"),
        Result = Number(value, "result"),
        Reason = Cut(Json.Text(value, "reason")),
        Gate = Cut(Json.Text(value, "gate")),
        Image = Cut(Json.Text(value, "image")),
        BuiltIn = Cut(Json.Text(value, "builtIn")),
    };

    private static int? Number(JsonElement value, string name) => Json.Number(value, name) is { } number and >= 0 and <= int.MaxValue ? (int)number : null;

    private static string? Cut(string? text) => text is { Length: > MaxText } ? text[..MaxText] : text;
}
