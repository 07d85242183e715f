using System.Text.Json;
using M2m.Client.Devices;
using M2m.Client.Mqtt;

namespace M2m.Enrollment;

/// <summary>The sites in which a device has a status.</summary>
internal sealed class Membership
{
    private const int MaxSites = 16;

    private readonly Dictionary<string, string> _states = [];

    public bool IsEmpty => _states.Count == 0;

    /// <summary>A site in which it is connected or asleep; null: none.</summary>
    public string? Alive => Where(Presence.Online) ?? Where(Presence.Sleeping);

    public bool IsOnline => Where(Presence.Online) is not null;

    /// <summary>Where it is, or was.</summary>
    public override string ToString() => string.Join(", ", _states.OrderBy(site => site.Key, StringComparer.Ordinal).Select(site => $"{site.Key} ({site.Value})"));

    public void Take(string site, byte[] payload)
    {
        // A device that still waits there was moved by hand.
        Presence? presence = Presence.Read(string.Empty, payload);
        if (presence is not { IsKnown: true } || Json.Member(presence.Status, "enrolled") is { ValueKind: JsonValueKind.False })
        {
            _states.Remove(site);
        }
        else if (_states.ContainsKey(site) || _states.Count < MaxSites)
        {
            _states[site] = presence.State;
        }
    }

    public bool IsIn(string site) => _states.ContainsKey(site);

    private string? Where(string state) => _states.Where(site => site.Value == state).Select(site => site.Key).Order(StringComparer.Ordinal).FirstOrDefault();
}
