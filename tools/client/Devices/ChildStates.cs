using System.Text.Json;
using M2m.Client.Mqtt;
using M2m.Client.Telemetry;

namespace M2m.Client.Devices;

/// <summary>The children of a gateway that were lost at some time, by its statuses: they name no other ones. One thread at a time.</summary>
public sealed class ChildStates
{
    private const int MaxChildren = 64;
    private const int MaxName = 32;
    private const string LostMember = "childrenLost";

    // Since when it is lost, epoch seconds; null while it answers.
    private readonly SortedDictionary<string, double?> _lostSince = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _lostSince.Keys;

    public IEnumerable<string> Lost => _lostSince.Where(child => child.Value is not null).Select(child => child.Key);

    /// <summary>Returns those that are lost or back since the last status.</summary>
    public IReadOnlyList<(string Child, bool IsUp)> Apply(Presence presence, DateTimeOffset arrival)
    {
        // The will of a device and its last status say nothing of the children.
        if (presence.State is not (Presence.Online or Presence.Sleeping))
        {
            return [];
        }

        string[] lost = Json.TryMember(presence.Status, LostMember, JsonValueKind.Array, out JsonElement? names)
            ? [.. names.Value.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!).Where(name => name.Length is > 0 and <= MaxName).Take(MaxChildren).Distinct()] : [];
        double now = presence.Time ?? arrival.ToUnixTimeMilliseconds() / 1000.0;
        var changes = new List<(string Child, bool IsUp)>();
        foreach (string child in Lost.Except(lost).ToArray())
        {
            _lostSince[child] = null;
            changes.Add((child, true));
        }

        foreach (string child in lost.Where(child => _lostSince.TryGetValue(child, out double? since) ? since is null : _lostSince.Count < MaxChildren))
        {
            _lostSince[child] = now;
            changes.Add((child, false));
        }

        return changes;
    }

    public bool IsLost(string child) => _lostSince.GetValueOrDefault(child) is not null;

    /// <summary>Whether it is of the child. What was measured after a loss is not: the names of two children may begin alike.</summary>
    public bool IsOf(string child, Reading reading) => reading.Name.Length > child.Length && reading.Name[child.Length] == '_' && reading.Name.StartsWith(child, StringComparison.Ordinal)
        && !(_lostSince.GetValueOrDefault(child) < reading.Time);

    /// <summary>Whether it is of a lost child.</summary>
    public bool IsStale(Reading reading) => Lost.Any(child => IsOf(child, reading));
}
