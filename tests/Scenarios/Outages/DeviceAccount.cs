using System.Security.Cryptography;
using System.Text;
using Boards.NativeSim.Delivery;

namespace Scenarios.Outages;

/// <summary>
/// What has arrived of one device's telemetry, and what is wrong with it. It keeps numbers, not payloads, so that a month
/// of it weighs nothing.
/// </summary>
internal sealed class DeviceAccount : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<long, long[]> _packs = [];
    private readonly HashSet<long> _times = [];
    private int _undated;
    private readonly List<string> _faults = [];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _lastNew = -1;

    /// <summary>Readings that arrived, each counted once.</summary>
    public int Readings
    {
        get
        {
            lock (_gate)
            {
                return _times.Count + _undated;
            }
        }
    }

    /// <summary>Packs that arrived though they had arrived before.</summary>
    public int Duplicates { get; private set; }

    public void Arrived(byte[] payload)
    {
        PackReadings? pack = PackReadings.Read(payload);
        lock (_gate)
        {
            _hash.AppendData(payload);
            if (pack?.Sequence is not { } sequence)
            {
                _faults.Add("no pack: " + Encoding.UTF8.GetString(payload));
            }
            else if (_packs.TryGetValue(sequence, out long[]? known))
            {
                // What was sent first before the clock was set has no times to compare.
                Duplicates++;
                Expect(known.Length == 0 || !pack.HasTime || known.SequenceEqual(pack.Times), $"pack {sequence} came again with other readings");
            }
            else
            {
                Expect(sequence > _lastNew, $"pack {sequence} came for the first time after pack {_lastNew}");
                _lastNew = sequence;
                _packs.Add(sequence, pack.HasTime ? [.. pack.Times] : []);
                _undated += pack.HasTime ? 0 : pack.Times.Count;
                Expect(!pack.HasTime || pack.Times.All(_times.Add), $"a reading of pack {sequence} was in another pack too");
            }
        }
    }

    public bool Has(long sequence)
    {
        lock (_gate)
        {
            return _packs.ContainsKey(sequence);
        }
    }

    public string Hash() => Convert.ToHexString(_hash.GetCurrentHash());

    /// <summary>All that was read arrived: one reading each interval, no number left out, nothing twice but under its number.</summary>
    public void AssertComplete(int readings, int intervalSeconds)
    {
        lock (_gate)
        {
            long[] times = [.. _times.Order()];
            for (int i = 1; i < times.Length; i++)
            {
                long pause = times[i] - times[i - 1];
                Expect(pause == intervalSeconds * 1000L, $"{pause} ms between the readings {i - 1} and {i}, at {DateTimeOffset.FromUnixTimeMilliseconds(times[i]):u}");
            }

            long[] numbers = [.. _packs.Keys.Order()];
            Expect(numbers.Length > 0 && numbers[^1] - numbers[0] == numbers.Length - 1, "packs are missing");
            Expect(readings == times.Length + _undated, $"{readings} readings were taken, {times.Length + _undated} arrived");
            Assert.IsEmpty(_faults, string.Join("; ", _faults.Take(5)));
        }
    }

    public void Dispose() => _hash.Dispose();

    private void Expect(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            _faults.Add(otherwise);
        }
    }
}
