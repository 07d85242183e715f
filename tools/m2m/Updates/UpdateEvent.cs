using System.Text.Json;
using M2m.Mqtt;

namespace M2m.Updates;

/// <summary>What a device says of its update: in an event, or when it is asked for its status.</summary>
internal sealed record UpdateEvent
{
    /// <summary>Nothing goes on.</summary>
    public const string Idle = "idle";

    /// <summary>A gate is closed.</summary>
    public const string Waiting = "waiting";

    /// <summary>It asks for blocks.</summary>
    public const string Downloading = "downloading";

    /// <summary>It restarts with the new image.</summary>
    public const string Installing = "installing";

    /// <summary>The new image runs, and may be taken back.</summary>
    public const string Trial = "trial";

    /// <summary>The new image stays.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The old image is back.</summary>
    public const string Returned = "rolled-back";

    /// <summary>The offer was not acceptable.</summary>
    public const string Refused = "refused";

    /// <summary>Someone cancelled it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>It could not be done.</summary>
    public const string Failed = "failed";

    private const int MaxText = 256;

    /// <summary>One of the states above, or what else the device said.</summary>
    public required string State { get; init; }

    /// <summary>The version that it is about, or null.</summary>
    public ReleaseVersion? Version { get; init; }

    /// <summary>Blocks that it has, or null.</summary>
    public int? Blocks { get; init; }

    /// <summary>Blocks that there are, or null.</summary>
    public int? Of { get; init; }

    /// <summary>LwM2M's result (object 5, resource 5), or null.</summary>
    public int? Result { get; init; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The gate that is closed, or null.</summary>
    public string? Gate { get; init; }

    /// <summary>Version of the image that runs; null for the built-in one, and in events.</summary>
    public string? Image { get; init; }

    /// <summary>Version of the built-in image; null in events.</summary>
    public string? BuiltIn { get; init; }

    /// <summary>Version that runs; null in events.</summary>
    public string? Running => Image ?? BuiltIn;

    /// <summary>A state for people.</summary>
    /// <param name="state">The state.</param>
    /// <param name="gate">The gate that is closed, or null.</param>
    /// <returns>E.g. "waiting (canary)".</returns>
    public static string WithGate(string state, string? gate) => state == Waiting && gate is not null ? $"{state} ({gate})" : state;

    /// <summary>Reads a device's event.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns>Null when it is not one of updates.</returns>
    public static UpdateEvent? ReadEvent(byte[] payload) =>
        Json.TryParse(payload, out JsonElement value) && Json.Text(value, "type") == "update" ? Read(value) : null;

    /// <summary>Reads an event, or the result of <c>update.status</c> or <c>update.offer</c>.</summary>
    /// <param name="value">Any value.</param>
    /// <returns>Null when it says no state.</returns>
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
