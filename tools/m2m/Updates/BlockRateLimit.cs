using System.Collections.Concurrent;

namespace M2m.Updates;

/// <summary>Limits the blocks a second of each device: one that requests without end must not block the others.</summary>
internal sealed class BlockRateLimit(double perSecond, TimeProvider time)
{
    private const int MaxDevices = 10_000;
    private static readonly TimeSpan TidyPause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();
    private long _tidied = time.GetTimestamp();

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

    // A device without a request for a second has its full rate, like an unknown one: invented names fill the table
    // for a second only.
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
