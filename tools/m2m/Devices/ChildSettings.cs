using System.Text.Json;
using System.Text.Json.Nodes;

namespace M2m.Devices;

/// <summary>The settings <c>children.*</c> of a gateway, as a device has them or is going to.</summary>
internal sealed class ChildSettings
{
    private const string Table = "children";
    private const string Modbus = "modbus";
    private const string Lines = "lines";
    private const string Nmea = "nmea";
    private const string Writable = "rw";
    private static readonly string[] Line = ["protocol", "baud", "parity", "interval"];

    // What each protocol reads; it ignores the other members, and keeps some of them.
    private static readonly Dictionary<string, string[]> Members = new()
    {
        [Modbus] = [.. Line, "address", "registers", "like"],
        [Lines] = [.. Line, "channels"],
        [Nmea] = [.. Line, "distance", "setsClock"],
    };

    private static readonly string[] Position = ["latitude", "longitude", "speed", "satellites"];

    private readonly SortedDictionary<string, Dictionary<string, string>> _children = new(StringComparer.Ordinal);

    /// <summary>Their channels, and which of them are outputs, too.</summary>
    public IEnumerable<(string Name, bool IsWritable)> Channels => _children.SelectMany(child => Entries(child.Value)
        .Select(entry => entry.Trim().Split(' ')).Where(parts => parts[0].Length > 0).Select(parts => ($"{child.Key}_{parts[0]}", parts[^1] == Writable)));

    /// <summary>Those of a device; none when it is no gateway.</summary>
    public static async Task<ChildSettings> ReadAsync(DeviceSession session)
    {
        var settings = new ChildSettings();
        try
        {
            await foreach (JsonElement page in session.PagesAsync("settings.get", new JsonObject { ["keys"] = new JsonArray(Table) }, "after").ConfigureAwait(false))
            {
                if (JsonSerializer.SerializeToNode(page)?["values"] is JsonObject values)
                {
                    settings.Apply(values);
                }
            }
        }
        catch (DeviceRefusedException)
        {
            // It has no such settings.
        }

        return settings;
    }

    /// <summary>Takes changes, by keys with dots.</summary>
    public void Apply(JsonObject flat)
    {
        foreach ((string key, JsonNode? value) in flat)
        {
            switch (key.Split('.'))
            {
                case [Table] when value is null:
                    _children.Clear();
                    break;
                case [Table, var child] when value is null:
                    _children.Remove(child);
                    break;
                case [Table, var child, var member]:
                    Set(child, member, value);
                    break;
            }
        }
    }

    /// <summary>Warnings of members among these settings that their child does not read.</summary>
    public IEnumerable<string> Ignored(JsonObject flat) => flat.Where(setting => setting.Value is not null).Select(setting => setting.Key.Split('.')).OfType<string[]>()
        .Where(parts => parts is [Table, _, _] && _children.ContainsKey(parts[1])).Select(parts => Ignored(parts[1], parts[2])).OfType<string>();

    private static string ProtocolOf(Dictionary<string, string> child) => child.GetValueOrDefault("protocol", Modbus);

    private string? Ignored(string name, string member)
    {
        Dictionary<string, string> child = _children[name];
        string key = $"{Table}.{name}.{member}";
        string protocol = ProtocolOf(child);
        if (member == "registers" && child.GetValueOrDefault("like", string.Empty).Length > 0)
        {
            return $"{key} is not used: {Table}.{name}.like takes the registers of {child["like"]}";
        }

        return !Members.TryGetValue(protocol, out string[]? known) || known.Contains(member) ? null
            : $"{key} is not used: {Table}.{name}.protocol is {protocol}, which has {string.Join(", ", known)}";
    }

    private void Set(string child, string member, JsonNode? value)
    {
        if (!_children.TryGetValue(child, out Dictionary<string, string>? members))
        {
            _children[child] = members = [];
        }

        if (value is null)
        {
            members.Remove(member);
        }
        else
        {
            members[member] = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        }
    }

    private string[] Entries(Dictionary<string, string> child)
    {
        string protocol = ProtocolOf(child);
        Dictionary<string, string>? owner = protocol == Modbus && child.TryGetValue("like", out string? like) && like.Length > 0 ? _children.GetValueOrDefault(like) : child;
        return protocol == Nmea ? Position : owner?.GetValueOrDefault(protocol == Lines ? "channels" : "registers", string.Empty).Split(',') ?? [];
    }
}
