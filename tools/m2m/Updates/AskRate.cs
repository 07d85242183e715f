using System.Collections.Concurrent;

namespace M2m.Updates;

/// <summary>Lets each device have so many blocks a second, and no more: one that asks without end must not starve the others.</summary>
/// <param name="perSecond">Blocks a second of one device.</param>
/// <param name="time">The clock.</param>
internal sealed class AskRate(double perSecond, TimeProvider time)
{
    private const int MaxDevices = 10_000;
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();

    /// <summary>Counts a request.</summary>
    /// <param name="device">Whose.</param>
    /// <returns>False when it is one too many.</returns>
    public bool Allows(string device)
    {
        if (!_buckets.TryGetValue(device, out Bucket? bucket))
        {
            if (_buckets.Count >= MaxDevices)
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

    private sealed class Bucket
    {
        public double Left { get; set; }

        public long At { get; set; }
    }
}
