using System.Text.Json;
using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.View;

/// <summary>What is shown of a request.</summary>
/// <param name="Id">Its id; null when there is none that the device would repeat.</param>
/// <param name="From">Who asks.</param>
/// <param name="Method">What for; null when that cannot be read.</param>
internal sealed record RequestText(string? Id, string From, string? Method)
{
    private const string Anybody = "any";

    /// <summary>Its params as JSON; may be empty.</summary>
    public string Parameters { get; private init; } = string.Empty;

    /// <summary>The group that was asked, or null when it was the device itself.</summary>
    public string? Group { get; private init; }

    /// <summary>Whether the asker wants no answer.</summary>
    public bool IsNotification { get; private init; }

    /// <summary>Reads a request.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>What is shown of it.</returns>
    public static RequestText Read(SimulationEvent happened)
    {
        RequestText request = Payload.Read(happened.Payload, Read, new RequestText(null, Anybody, null));
        return request with { Group = GroupOf(happened.Topic ?? string.Empty) };
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string id = Id is null ? string.Empty : $" id {Id}";
        string parameters = Parameters.Length == 0 ? string.Empty : $" params {Parameters}";
        string group = Group is null ? string.Empty : $" to group {Group}";
        return $"{Method ?? "(unreadable)"} from {From}{id}{group}{parameters}";
    }

    private static RequestText Read(JsonElement value)
    {
        JsonElement? id = Payload.Member(value, "id");
        string? method = Payload.Text(value, "method");
        bool isUsable = id is { ValueKind: JsonValueKind.String or JsonValueKind.Number };
        return new RequestText(isUsable ? Payload.Show(id!.Value) : null, Payload.Text(value, "from") ?? Anybody, method)
        {
            Parameters = Payload.Member(value, "params") is { } parameters ? Payload.Show(parameters) : string.Empty,
            IsNotification = id is null && method is not null,
        };
    }

    // P/group/G/request
    private static string? GroupOf(string topic)
    {
        string[] levels = topic.Split('/');
        return levels.Length >= 3 && levels[^3] == "group" ? levels[^2] : null;
    }
}
