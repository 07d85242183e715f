using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Scenarios.Protocol;

/// <summary>The document with its schemas compiled.</summary>
internal sealed partial class Contract
{
    private const string Id = "https://m2m.invalid/protocol";
    private const string MessagePrefix = "message.";

    private static readonly Lazy<Contract> Shared = new(() => new Contract(JsonNode.Parse(File.ReadAllText(Path))!.AsObject()));

    private readonly List<ContractChannel> _channels = [];

    public Contract(JsonObject document)
    {
        JsonObject components = document["components"]!.AsObject();
        JsonObject messages = components["messages"]!.AsObject();
        var options = new BuildOptions { SchemaRegistry = new SchemaRegistry() };
        JsonSchema.FromText(Bundle(components["schemas"]!.AsObject(), messages), options);
        Dictionary<string, ContractMessage> compiled = messages.ToDictionary(
            message => message.Key,
            message => ContractMessage.Of(message.Key, message.Value!["payload"]?.AsObject(), () => Compile(message.Key, options)));
        string[] sent = [.. document["operations"]!.AsObject().SelectMany(operation => Sent(operation.Value!))];
        foreach ((string key, JsonNode? channel) in document["channels"]!.AsObject())
        {
            IEnumerable<string> names = channel!["messages"]!.AsObject().Select(message => message.Key);
            _channels.Add(new(key, Pattern(channel["address"]!.GetValue<string>()), sent.Contains("#/channels/" + key), [.. names.Select(name => compiled[name])]));
        }
    }

    /// <summary>Where the document is in the repository.</summary>
    public static string Path => System.IO.Path.Combine(Root(), "firmware", "docs", "asyncapi.json");

    /// <summary>The document that is in the repository.</summary>
    public static Contract Committed => Shared.Value;

    /// <summary>The folder of the repository.</summary>
    public static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Firmware.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not run in the repository.");
    }

    /// <summary>The channel of a topic, or null.</summary>
    public ContractChannel? Find(string topic) => _channels.Find(channel => channel.Address.IsMatch(topic));

    private static JsonSchema Compile(string message, BuildOptions options) =>
        JsonSchema.FromText($$"""{"$schema":"http://json-schema.org/draft-07/schema#","$ref":"{{Id}}#/definitions/{{MessagePrefix}}{{message}}"}""", options);

    // The application sends on the channel of an operation "send", and on that of a reply.
    private static IEnumerable<string> Sent(JsonNode operation)
    {
        if (operation["action"]!.GetValue<string>() == "send")
        {
            yield return operation["channel"]!["$ref"]!.GetValue<string>();
        }

        if (operation["reply"] is { } reply)
        {
            yield return reply["channel"]!["$ref"]!.GetValue<string>();
        }
    }

    private static string Bundle(JsonObject schemas, JsonObject messages)
    {
        var definitions = new JsonObject();
        foreach ((string name, JsonNode? schema) in schemas)
        {
            definitions[name] = schema!.DeepClone();
        }

        foreach ((string name, JsonNode? message) in messages)
        {
            definitions[MessagePrefix + name] = message!["payload"]?.DeepClone() ?? new JsonObject();
        }

        var bundle = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["$id"] = Id, ["definitions"] = definitions };
        return bundle.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal);
    }

    private static Regex Pattern(string address) => new("^" + ParameterPattern().Replace(Regex.Escape(address), match => match.Groups[1].Value switch
    {
        "prefix" or "discovery" => ".+",
        "device" => "esp32-[0-9a-f]{12}",
        _ => "[^/]+",
    }) + "$");

    [GeneratedRegex(@"\\{([a-z]+)}")]
    private static partial Regex ParameterPattern();
}
