using System.Text.Json;
using M2m.Client.Mqtt;

namespace M2m.Client.Devices;

/// <summary>A device's retained status.</summary>
public sealed class Presence
{
    public const string Online = "online";

    public const string Sleeping = "sleeping";

    public const string Offline = "offline";

    public const string Lost = "lost";

    private static readonly string[] States = [Online, Sleeping, Offline, Lost];

    private Presence(string id, string state, JsonElement status)
    {
        Id = id;
        State = state;
        Status = status;
    }

    public string Id { get; }

    public string State { get; }

    public JsonElement Status { get; }

    public string? Version => Json.Text(Status, "version");

    public double? Boot => Json.Number(Status, "boot");

    /// <summary>Epoch seconds; null when the device's clock was not set, and for the will.</summary>
    public double? Time => Json.Number(Status, "time");

    /// <summary>Epoch seconds of the next wake.</summary>
    public double? Until => Json.Number(Status, "until");

    /// <summary>dBm.</summary>
    public double? Signal => Health("signal");

    /// <summary>Seconds.</summary>
    public double? Uptime => Health("uptime");

    public bool IsKnown => States.Contains(State);

    private double? Health(string name) => Json.TryMember(Status, "health", JsonValueKind.Object, out JsonElement? health) ? Json.Number(health.Value, name) : null;

    public static Presence? Read(string id, byte[] payload) =>
        Json.TryParse(payload, out JsonElement status) && Json.Text(status, "state") is { Length: > 0 and <= 32 } state ? new Presence(id, state, status) : null;
}
