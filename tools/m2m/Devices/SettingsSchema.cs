using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;

namespace M2m.Devices;

/// <summary>What a device says of its settings.</summary>
/// <param name="Entries">One for each setting.</param>
internal sealed record SettingsSchema(IReadOnlyList<SettingsEntry> Entries)
{
    /// <summary>Asks a device for it.</summary>
    /// <param name="session">The device.</param>
    /// <returns>The schema.</returns>
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

    /// <summary>Finds a setting; <c>*</c> stands for any name.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Null when there is none.</returns>
    public SettingsEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.IsFor(key));

    /// <summary>Makes a value of what a person wrote, of the type that the setting has.</summary>
    /// <param name="pair">Key and text.</param>
    /// <returns>The value; null resets the setting.</returns>
    /// <exception cref="UsageException">There is no such setting.</exception>
    public JsonNode? Value(KeyValue pair)
    {
        if (Find(pair.Key) is { } entry)
        {
            return entry.Value(pair);
        }

        // A whole channel or actuator can be forgotten.
        return pair.Text == "null" && Entries.Any(candidate => candidate.Name.StartsWith(pair.Key.Split('.')[0] + ".*", StringComparison.Ordinal))
            ? null
            : throw Unknown(pair.Key);
    }

    /// <summary>Says that there is no such setting.</summary>
    /// <param name="key">The key.</param>
    /// <returns>What to throw.</returns>
    public UsageException Unknown(string key)
    {
        // The name that a * stands for is taken over.
        string[] parts = key.Split('.');
        IEnumerable<string> names = Entries.Select(entry => parts.Length == 3 ? entry.Name.Replace("*", parts[1], StringComparison.Ordinal) : entry.Name);
        return new UsageException($"there is no setting '{key}'.{Nearest.Question(key, names)} m2m settings DEVICE schema lists them");
    }
}
