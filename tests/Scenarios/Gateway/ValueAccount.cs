using System.Text.Json;
using M2m.Client.Telemetry;

namespace Scenarios.Gateway;

/// <summary>
/// What numbered meters gave and what of it arrived at the broker, by the number of the answer. It keeps what is still missing
/// and the newest packs alone, so that a month of it weighs nothing.
/// </summary>
internal sealed class ValueAccount
{
    private const int PacksKept = 5000;
    private const double TimeToleranceSeconds = 2;

    private readonly object _gate = new();
    private readonly Dictionary<(int Address, uint Number), long> _missing = [];
    private readonly Dictionary<long, int> _packs = [];
    private readonly Queue<long> _order = new();
    private readonly List<string> _faults = [];
    private readonly long _startSeconds;
    private long _lastNew = -1;

    public ValueAccount(DateTime startUtc) => _startSeconds = new DateTimeOffset(startUtc).ToUnixTimeSeconds();

    public long Given { get; private set; }

    public long Arrived { get; private set; }

    /// <summary>Packs that came again, with the same number and values.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Polls that came without a time.</summary>
    public long Undated { get; private set; }

    /// <summary>From this moment on <see cref="OldestArrived"/> is kept.</summary>
    public long WatchedFrom { get; set; } = long.MaxValue;

    /// <summary>When the oldest answer was given that was given since then and arrived.</summary>
    public long OldestArrived { get; private set; } = long.MaxValue;

    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_gate)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>A meter's answer has reached the device whole.</summary>
    public void Give(int address, uint number, long ms)
    {
        lock (_gate)
        {
            Given++;
            _missing.Add((address, number), ms);
        }
    }

    /// <summary>The moments at which answers were given that have not arrived, and will not: they are taken out of the account.</summary>
    /// <param name="beforeMs">World milliseconds: what was given later may be on its way.</param>
    public IReadOnlyList<long> TakeMissing(long beforeMs)
    {
        lock (_gate)
        {
            (int, uint)[] missing = [.. _missing.Where(entry => entry.Value < beforeMs).Select(entry => entry.Key)];
            long[] moments = [.. missing.Select(key => _missing[key]).Order()];
            foreach ((int, uint) key in missing)
            {
                _missing.Remove(key);
            }

            return moments;
        }
    }

    public void Receive(byte[] payload)
    {
        using JsonDocument document = JsonDocument.Parse(payload);
        TelemetryMessage pack = TelemetryMessage.Read(document.RootElement)!;
        lock (_gate)
        {
            long sequence = (long)pack.Sequence!.Value;
            int hash = Hash(pack.Readings);
            if (_packs.TryGetValue(sequence, out int known))
            {
                Duplicates++;
                Expect(known == hash, $"pack {sequence} came again with other values");
                return;
            }

            Expect(sequence > _lastNew, $"pack {sequence} came for the first time after pack {_lastNew}");
            _lastNew = sequence;
            _packs.Add(sequence, hash);
            _order.Enqueue(sequence);
            if (_order.Count > PacksKept)
            {
                _packs.Remove(_order.Dequeue());
            }

            Take(pack, sequence);
        }
    }

    // Each poll is the number of the answer and the seven values that belong to it, all with one time.
    private void Take(TelemetryMessage pack, long sequence)
    {
        int channels = 1 + NumberedMeter.Others.Length;
        Reading[] readings = [.. pack.Readings.Where(reading => reading.Name.Contains('_', StringComparison.Ordinal))];
        Expect(readings.Length % channels == 0, $"pack {sequence} has {readings.Length} values");
        for (int at = 0; at + channels <= readings.Length; at += channels)
        {
            string child = readings[at].Name[..^"_n".Length];
            int address = int.Parse(child.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
            uint number = readings[at].Value.GetUInt32();
            Expect(readings[at].Name == child + "_n", $"pack {sequence}: {readings[at].Name} is where a number should be");
            for (int i = 0; i < NumberedMeter.Others.Length; i++)
            {
                Reading reading = readings[at + 1 + i];
                decimal factor = i == 0 ? 0.1m : i == 1 ? 0.01m : 1;
                Expect(
                    reading.Name == $"{child}_{NumberedMeter.Others[i]}" && reading.Value.GetDecimal() == NumberedMeter.Of(address, number, i) * factor,
                    $"pack {sequence}: {reading.Name} is {reading.Value} in answer {number}");
            }

            Arrived++;
            Expect(_missing.Remove((address, number), out long ms), $"pack {sequence}: answer {number} of {child} came under another number before, or was never given");
            OldestArrived = ms >= WatchedFrom ? Math.Min(ms, OldestArrived) : OldestArrived;
            Undated += pack.HasTime ? 0 : 1;
            double late = readings[at].Time - _startSeconds - (ms / 1000.0);
            Expect(!pack.HasTime || Math.Abs(late) <= TimeToleranceSeconds, $"pack {sequence}: answer {number} of {child} is {late} s off");
        }
    }

    private static int Hash(IReadOnlyList<Reading> readings)
    {
        var hash = new HashCode();
        foreach (Reading reading in readings)
        {
            hash.Add(reading.Name);
            hash.Add(reading.Value.GetDecimal());
        }

        return hash.ToHashCode();
    }

    private void Expect(bool isTrue, string otherwise)
    {
        if (!isTrue && _faults.Count < 20)
        {
            _faults.Add(otherwise);
        }
    }
}
