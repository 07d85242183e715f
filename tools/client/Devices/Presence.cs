using System.Text.Json;
using M2m.Client.Mqtt;
using M2m.Client.View;

namespace M2m.Client.Devices;

/// <summary>What a device says of itself in its retained status.</summary>
public sealed class Presence
{
    /// <summary>It is connected and listens.</summary>
    public const string Online = "online";

    /// <summary>It sleeps until some time.</summary>
    public const string Sleeping = "sleeping";

    /// <summary>It left on purpose.</summary>
    public const string Offline = "offline";

    /// <summary>The broker lost it.</summary>
    public const string Lost = "lost";

    private static readonly string[] States = [Online, Sleeping, Offline, Lost];

    private Presence(string id, string state, JsonElement status)
    {
        Id = id;
        State = state;
        Status = status;
    }

    /// <summary>The device.</summary>
    public string Id { get; }

    /// <summary>One of the states above, or what else it said.</summary>
    public string State { get; }

    /// <summary>All that it said.</summary>
    public JsonElement Status { get; }

    /// <summary>Version of its firmware, or null.</summary>
    public string? Version => Json.Text(Status, "version");

    /// <summary>Number of its run, or null.</summary>
    public double? Boot => Json.Number(Status, "boot");

    /// <summary>When it said that, epoch seconds, or null: its clock was not set, or the broker spoke for it.</summary>
    public double? Time => Json.Number(Status, "time");

    /// <summary>When it wakes up, epoch seconds, or null.</summary>
    public double? Until => Json.Number(Status, "until");

    /// <summary>Strength of its radio signal in dBm, or null.</summary>
    public double? Signal => Json.TryMember(Status, "health", JsonValueKind.Object, out JsonElement? health) ? Json.Number(health.Value, "signal") : null;

    /// <summary>Whether the state is one of the protocol's.</summary>
    public bool IsKnown => States.Contains(State);

    /// <summary>Reads a status.</summary>
    /// <param name="id">The device that the topic names.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>Null when it is none.</returns>
    public static Presence? Read(string id, byte[] payload) =>
        Json.TryParse(payload, out JsonElement status) && Json.Text(status, "state") is { Length: > 0 and <= 32 } state ? new Presence(id, state, status) : null;
}
