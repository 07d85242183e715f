namespace M2m.Streams;

/// <summary>
/// The texts that each channel has shown. A database keeps a series for each of them, so a channel that has ever new ones is
/// left out. One thread at a time.
/// </summary>
internal sealed class ShownTexts
{
    public const int Most = 20;

    private readonly Dictionary<(string Device, string Channel), HashSet<int>> _hashes = [];

    /// <summary>Whether it may be shown.</summary>
    public bool Take(string device, string channel, string text)
    {
        if (!_hashes.TryGetValue((device, channel), out HashSet<int>? known))
        {
            _hashes[(device, channel)] = known = [];
        }

        if (known.Count <= Most)
        {
            known.Add(text.GetHashCode(StringComparison.Ordinal));
        }

        return known.Count <= Most;
    }
}
