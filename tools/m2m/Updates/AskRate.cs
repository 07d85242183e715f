using System.Collections.Concurrent;

namespace M2m.Updates;

/// <summary>Lets each device have so many blocks a second, and no more: one that asks without end must not starve the others.</summary>
/// <param name="perSecond">Blocks a second of one device.</param>
/// <param name="time">The clock.</param>
internal sealed class AskRate(double perSecond, TimeProvider time)
{
    private const int MaxDevices = 10_000;
    private static readonly TimeSpan TidyPause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();
    private long _tidied = time.GetTimestamp();

    /// <summary>Counts a request.</summary>
    /// <param name="device">Whose.</param>
    /// <returns>False when it is one too many.</returns>
    public bool Allows(string device)
    {
        if (!_buckets.TryGetValue(device, out Bucket? bucket))
        {
            if (_buckets.Count >= MaxDevices && !Tidy())
            {
                return false;
            }

            bucket = _buckets.GetOrAdd(device, _ => new Bucket { Left = perSecond, At = time.GetTimestamp() });
        }

        lock (bucket)
        {
            long now = time.GetTimestamp();
            bucket.Left = Math.Min(perSecond, bucket.Left + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
            bucket.At = now;
            if (bucket.Left < 1)
            {
                return false;
            }

            bucket.Left--;
            return true;
        }
    }

    // Whoever asked for nothing for a second has all that it may have, as one that was never seen: made-up names fill this
    // for a moment only.
    private bool Tidy()
    {
        if (time.GetElapsedTime(_tidied) < TidyPause)
        {
            return false;
        }

        _tidied = time.GetTimestamp();
        foreach ((string device, Bucket bucket) in _buckets)
        {
            if (time.GetElapsedTime(bucket.At) >= TidyPause)
            {
                _buckets.TryRemove(device, out _);
            }
        }

        return _buckets.Count < MaxDevices;
    }

    private sealed class Bucket
    {
        public double Left { get; set; }

        public long At { get; set; }
    }
}
