using System.Text.Json;
using M2m.Client.Devices;
using M2m.Client.Mqtt;

namespace M2m.Devices;

/// <summary>Finds devices among the retained messages of a broker.</summary>
internal sealed class Discovery
{
    private const int MaxFound = 10_000;
    private const int MaxTopics = 100_000;
    private const string ConfigLevel = "/config";

    private readonly object _gate = new();
    private readonly Dictionary<string, Discovered> _found = [];
    private readonly Dictionary<string, int> _entities = [];

    /// <summary>Devices of this firmware first.</summary>
    public IReadOnlyList<Discovered> Found
    {
        get
        {
            lock (_gate)
            {
                return [.. _found.Values
                    .OrderBy(device => device.By == Discovered.ByStatus ? 0 : 1)
                    .ThenBy(device => device.Prefix, StringComparer.Ordinal)
                    .ThenBy(device => device.Id, StringComparer.Ordinal)];
            }
        }
    }

    public void Take(Message message)
    {
        lock (_gate)
        {
            Discovered? device = message.Topic.EndsWith(ConfigLevel, StringComparison.Ordinal) ? OfHomeAssistant(message) : OfStatus(message);
            if (device is null)
            {
                return;
            }

            // A message that comes again counts once.
            string key = $"{device.By} {device.Prefix} {device.Id}";
            bool isKnown = _found.TryGetValue(key, out Discovered? known);
            if (isKnown ? _entities.ContainsKey(message.Topic) || _entities.Count < MaxTopics : _found.Count < MaxFound)
            {
                int others = (known?.Entities ?? 0) - _entities.GetValueOrDefault(message.Topic);
                _entities[message.Topic] = device.Entities;
                _found[key] = device with { Entities = others + device.Entities };
            }
        }
    }

    // Other devices have such topics too: this firmware's status has a known state and the id of its topic.
    private static Discovered? OfStatus(Message message)
    {
        string[] levels = message.Topic.Split('/');
        return levels.Length >= 3
            && levels[^1] == Topics.StatusLevel
            && Presence.Read(levels[^2], message.Payload) is { IsKnown: true } presence
            && Json.Text(presence.Status, "id") == presence.Id
            ? new Discovered(Discovered.ByStatus, presence.Id) { Prefix = string.Join('/', levels[..^2]), State = presence.State, Version = presence.Version }
            : null;
    }

    // Home Assistant allows long and short names.
    private static Discovered? OfHomeAssistant(Message message)
    {
        if (!Json.TryParse(message.Payload, out JsonElement config) || (Json.Member(config, "device") ?? Json.Member(config, "dev")) is not { } device)
        {
            return null;
        }

        JsonElement? identifiers = Json.Member(device, "identifiers") ?? Json.Member(device, "ids");
        string? id = identifiers switch
        {
            { ValueKind: JsonValueKind.String } one => one.GetString(),
            { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } first ? first.GetString() : null,
            _ => null,
        };
        id ??= message.Topic.Split('/')[^2];
        return new Discovered(Discovered.ByHomeAssistant, id)
        {
            Name = Json.Text(device, "name"),
            Model = Json.Text(device, "model") ?? Json.Text(device, "mdl"),
            Version = Json.Text(device, "sw_version") ?? Json.Text(device, "sw"),
            Entities = Entities(config),
        };
    }

    // One, or the components of a device-based message; one that has only its platform is removed.
    private static int Entities(JsonElement config) =>
        (Json.Member(config, "components") ?? Json.Member(config, "cmps")) is { ValueKind: JsonValueKind.Object } components
            ? components.EnumerateObject().Count(component => component.Value.ValueKind == JsonValueKind.Object
                && component.Value.EnumerateObject().Any(member => member.Name is not ("platform" or "p")))
            : 1;
}
