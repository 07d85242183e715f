using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Scenarios.Protocol.Shape;

namespace Scenarios.Protocol;

/// <summary>A topic, what passes on it, and who publishes it.</summary>
internal sealed partial record Channel(string Key, string Address, string Summary, IReadOnlyList<MessageShape> Messages)
{
    /// <summary>What may stand in the addresses.</summary>
    public static readonly IReadOnlyDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["prefix"] = "The setting prefix: one or more levels.",
        ["device"] = "The device id: \"esp32-\" and the MAC address in hexadecimal digits.",
        ["group"] = "A group of the setting groups; every device is a member of \"all\".",
        ["client"] = "The member \"from\" of the request; \"any\" without one.",
        ["board"] = "The type of the board, as in info.",
        ["version"] = "The version of the update, with dashes: 0-2-0.",
        ["block"] = "Number of the block, from 0.",
        ["discovery"] = "The setting homeassistant.prefix.",
        ["name"] = "Name of the channel, actuator or method, \"health-\" and the name of a health value, \"status\", \"alarm\" or \"firmware\".",
    };

    /// <summary>Keys of the channels on which requests come in.</summary>
    public static readonly string[] RequestKeys = ["request", "groupRequest", "query", "groupQuery"];

    public bool IsSent { get; init; }

    public bool IsReceived { get; init; }

    public int Qos { get; init; } = 1;

    public bool IsRetained { get; init; }

    public string Pointer => "#/channels/" + Key;

    public JsonObject ToJson()
    {
        string[] names = [.. ParameterPattern().Matches(Address).Select(match => match.Groups[1].Value)];
        return new JsonObject
        {
            ["address"] = Address,
            ["summary"] = Summary,
            ["parameters"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Link("#/components/parameters/" + name)))),
            ["messages"] = new JsonObject(Messages.Select(message => KeyValuePair.Create(message.Name, (JsonNode?)Link("#/components/messages/" + message.Name)))),
        };
    }

    /// <summary>An operation on it.</summary>
    public JsonObject Operation(string action, string summary, IEnumerable<MessageShape> messages) => new()
    {
        ["action"] = action,
        ["channel"] = Link(Pointer),
        ["summary"] = summary,
        ["messages"] = LinksTo(messages),
        ["bindings"] = new JsonObject { ["mqtt"] = new JsonObject { ["qos"] = Qos, ["retain"] = IsRetained } },
    };

    public JsonArray LinksTo(IEnumerable<MessageShape> messages) => Links(Pointer + "/messages/", messages.Select(message => message.Name));

    [GeneratedRegex("{([a-z]+)}")]
    private static partial Regex ParameterPattern();
}
