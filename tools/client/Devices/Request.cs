using System.Text.Json;
using M2m.Client.Mqtt;
using M2m.Client.View;

namespace M2m.Client.Devices;

/// <summary>A request (JSON-RPC 2.0), as far as it can be read.</summary>
/// <param name="Id">Null when it has none that the device would repeat.</param>
/// <param name="From">Names the response topic.</param>
/// <param name="Method">Null when the request cannot be read.</param>
public sealed record Request(string? Id, string From, string? Method)
{
    private const string AnyClient = "any";

    /// <summary>As JSON; may be empty.</summary>
    public string Params { get; private init; } = string.Empty;

    /// <summary>Null when the request is for one device.</summary>
    public string? Group { get; private init; }

    public bool IsNotification { get; private init; }

    public static Request Read(string topic, byte[] payload)
    {
        if (!Json.TryParse(payload, out JsonElement value))
        {
            return new Request(null, AnyClient, null) { Group = GroupOf(topic) };
        }

        JsonElement? id = Json.Member(value, "id");
        string? method = Json.Text(value, "method");
        string? usable = id is { ValueKind: JsonValueKind.String or JsonValueKind.Number } ? JsonText.Plain(id.Value) : null;
        return new Request(usable, Json.Text(value, "from") ?? AnyClient, method)
        {
            Params = Json.Member(value, "params") is { } parameters ? JsonText.Plain(parameters) : string.Empty,
            Group = GroupOf(topic),
            IsNotification = id is null && method is not null,
        };
    }

    public override string ToString()
    {
        string id = Id is null ? string.Empty : $" id {Id}";
        string group = Group is null ? string.Empty : $" to group {Group}";
        string parameters = Params.Length == 0 ? string.Empty : $" params {Params}";
        return $"{Method ?? "(unreadable)"} from {From}{id}{group}{parameters}";
    }

    // PREFIX/group/GROUP/request
    private static string? GroupOf(string topic)
    {
        string[] levels = topic.Split('/');
        return levels.Length >= 3 && levels[^3] == "group" ? levels[^2] : null;
    }
}
