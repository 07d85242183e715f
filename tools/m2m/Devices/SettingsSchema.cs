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

    public UsageException Unknown(string key)
    {
        // The name in the key replaces the *.
        string[] parts = key.Split('.');
        IEnumerable<string> names = Entries.Select(entry => parts.Length == 3 ? entry.Name.Replace("*", parts[1], StringComparison.Ordinal) : entry.Name);
        return new UsageException($"there is no setting '{key}'.{Nearest.Question(key, names)} m2m settings DEVICE schema lists them");
    }
}
