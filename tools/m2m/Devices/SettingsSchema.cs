using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;

namespace M2m.Devices;

internal sealed record SettingsSchema(IReadOnlyList<SettingsEntry> Entries)
{
    public static async Task<SettingsSchema> ReadAsync(DeviceSession session)
    {
        var entries = new List<SettingsEntry>();
        await foreach (JsonElement page in session.PagesAsync("settings.schema", [], "after").ConfigureAwait(false))
        {
            if (Json.TryMember(page, "settings", JsonValueKind.Array, out JsonElement? settings))
            {
                entries.AddRange(settings.Value.EnumerateArray()
                    .Where(entry => Json.Text(entry, "name") is not null)
                    .Select(entry => new SettingsEntry(Json.Text(entry, "name")!, entry)));
            }
        }

        return new SettingsSchema(entries);
    }

    /// <summary>The first key that is neither a setting nor what several begin with.</summary>
    public string? FirstUnknown(IEnumerable<string> keys) => keys.FirstOrDefault(key => !Entries.Any(entry => entry.IsFor(key) || entry.IsBelow(key)));

    public SettingsEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.IsFor(key));

    public JsonNode? Value(KeyValue pair)
    {
        if (Find(pair.Key) is { } entry)
        {
            return entry.Value(pair);
        }

        // All settings of a channel or actuator can be reset at once.
        return pair.Text == "null" && Entries.Any(candidate => candidate.Name.StartsWith(pair.Key.Split('.')[0] + ".*", StringComparison.Ordinal))
            ? null
            : throw Unknown(pair.Key);
    }

    /// <summary>The keys with a dot of an object that may be nested, as settings.json is.</summary>
    public JsonObject Flatten(JsonObject nested)
    {
        var flat = new JsonObject();
        Flatten(string.Empty, nested, flat);
        return flat;
    }

    private void Flatten(string path, JsonObject nested, JsonObject flat)
    {
        foreach ((string name, JsonNode? value) in nested)
        {
            string key = path + name;
            if (value is JsonObject members && Find(key) is null && Entries.Any(entry => entry.IsBelow(key)))
            {
                Flatten(key + ".", members, flat);
            }
            else if (Find(key) is null && !(value is null && Entries.Any(entry => entry.IsBelow(key))))
            {
                throw Unknown(key);
            }
            else if (!flat.TryAdd(key, value?.DeepClone()))
            {
                throw new UsageException($"'{key}' is in the file twice");
            }
        }
    }

    public UsageException Unknown(string key)
    {
        // The name in the key replaces the *: that of a channel, also where its table is left out.
        string[] parts = key.Split('.');
        IEnumerable<string> names = Entries.Select(entry => parts.Length is 2 or 3 ? entry.Name.Replace("*", parts[^2], StringComparison.Ordinal) : entry.Name);
        return new UsageException($"there is no setting '{key}'.{Nearest.Question(key, names)} m2m settings DEVICE schema lists them");
    }
}
