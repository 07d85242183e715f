using System.Text.Json.Nodes;

namespace M2m.Enrollment;

internal enum Approval
{
    Yes,

    /// <summary>An operator decides by hand.</summary>
    Ask,

    No,
}

/// <summary>What happens to the new devices that it is for.</summary>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Devices">Ids; with * and ? patterns of them.</param>
/// <param name="Approval">Who decides.</param>
/// <param name="Site">The prefix that the devices get; empty where none is approved.</param>
internal sealed record EnrollmentRule(int Number, IReadOnlyList<string> Devices, Approval Approval, string Site)
{
    // Thousands may be listed.
    private readonly HashSet<string> _ids = [.. Devices.Where(device => !IsPattern(device))];
    private readonly string[] _patterns = [.. Devices.Where(IsPattern)];

    /// <summary>Members that replace those of the device's broker entry.</summary>
    public JsonObject Broker { get; init; } = [];

    /// <summary>Further settings, by their keys with dots.</summary>
    public JsonObject Settings { get; init; } = [];

    /// <summary>At most so many devices that the rule is for may be in its site; null: any number.</summary>
    public long? Limit { get; init; }

    public bool IsFor(string id) => Lists(id) || Array.Exists(_patterns, pattern => Matches(pattern, id));

    public bool Lists(string id) => _ids.Contains(id);

    private static bool IsPattern(string device) => device.AsSpan().ContainsAny('*', '?');

    /// <summary>* is any text, ? one character.</summary>
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int at = 0, place = 0, star = -1, retry = 0;
        while (place < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                retry = place;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[place]))
            {
                at++;
                place++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                place = ++retry;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].TrimStart('*').IsEmpty;
    }
}
