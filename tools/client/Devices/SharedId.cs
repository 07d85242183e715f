namespace M2m.Client.Devices;

/// <summary>
/// Finds two devices with one id, which take the connection from each other: their statuses alternate. A start that was seen
/// before another one cannot come back, since a device counts its starts and its uptime. One thread at a time.
/// </summary>
public sealed class SharedId
{
    private const int MaxStarts = 4;

    // A status may come late.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    // The last one is that which the device was seen in last.
    private readonly List<(double Boot, DateTimeOffset At)> _starts = [];
    private DateTimeOffset? _foundAt;

    /// <summary>Takes a status that the broker had not kept.</summary>
    /// <returns>True when it shows that there are two.</returns>
    public bool Apply(Presence presence, DateTimeOffset arrival)
    {
        if (presence is not { State: Presence.Online, Boot: { } boot, Uptime: { } uptime and >= 0 and < 1e9 })
        {
            return false;
        }

        DateTimeOffset at = arrival - TimeSpan.FromSeconds(uptime);
        int known = _starts.FindLastIndex(start => start.Boot == boot && (start.At - at).Duration() < Tolerance);
        bool isBack = known >= 0 && known < _starts.Count - 1;
        if (known >= 0)
        {
            _starts.RemoveAt(known);
        }
        else if (_starts.Count == MaxStarts)
        {
            _starts.RemoveAt(0);
        }

        _starts.Add((boot, at));
        _foundAt = isBack ? arrival : _foundAt;
        return isBack;
    }

    /// <summary>What to say of it; null for nothing, also when it was long ago.</summary>
    public string? Text(DateTimeOffset now) => _foundAt is { } found && now - found < Memory
        ? "two devices use this id, and take the connection from each other" : null;
}
