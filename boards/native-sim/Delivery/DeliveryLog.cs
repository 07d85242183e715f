namespace Boards.NativeSim.Delivery;

/// <summary>
/// The telemetry of one device as both sides see it: what it sent and what was acknowledged, and what arrived at the
/// broker. A reading is identified by its time, a pack that comes again by its number too.
/// </summary>
internal sealed class DeliveryLog
{
    private const int Remembered = 4096;
    private const int RememberedPacks = 256;
    private const int ReadingsPerPack = 1024;

    private const long SamePackMs = 5_000;

    private readonly object _gate = new();
    private readonly Dictionary<int, long[]> _open = [];
    private readonly Dictionary<long, Side> _readings = [];
    private readonly Queue<long> _done = new();
    private readonly Dictionary<long, (long[] Own, long[] Names)> _packs = [];
    private readonly Queue<long> _packOrder = new();
    private readonly Dictionary<long, int> _acknowledgedIn = [];
    private long _nameless = long.MinValue;
    private int _boot;

    [Flags]
    private enum Side
    {
        None = 0,
        Sent = 1,
        Acknowledged = 2,
        Arrived = 4,
        Through = Sent | Acknowledged | Arrived,

        // It was sent when the observer of the broker may have missed it.
        Excused = 8,
    }

    public long PacksSent { get; private set; }

    public long PacksAcknowledged { get; private set; }

    public long ReadingsAcknowledged { get; private set; }

    public long ReadingsAcknowledgedAgain { get; private set; }

    public long ReadingsSent { get; private set; }

    public long ReadingsArrived { get; private set; }

    /// <summary>Acknowledged readings that should have arrived.</summary>
    public long AcknowledgedOnly { get; private set; }

    /// <summary>Acknowledged readings of which nobody can know whether they have arrived.</summary>
    public long Unseen { get; private set; }

    public long Duplicates { get; private set; }

    public void Connecting()
    {
        lock (_gate)
        {
            _open.Clear();
        }
    }

    public void Booting()
    {
        lock (_gate)
        {
            _boot++;
            _open.Clear();
        }
    }

    public int Send(byte[] payload, Func<int> publish)
    {
        PackReadings? pack = PackReadings.Read(payload);
        lock (_gate)
        {
            // Inside the lock: the acknowledgement may arrive before this thread continues.
            int id = publish();
            if (id != 0)
            {
                long[] readings = pack is null ? [] : Identify(pack);
                ReadingsSent += readings.Count(reading => Mark(reading, Side.Sent));
                _open[id] = readings;
                PacksSent++;
            }

            return id;
        }
    }

    public void Acknowledged(int id)
    {
        lock (_gate)
        {
            if (_open.Remove(id, out long[]? readings))
            {
                Acknowledge(readings);
            }
        }
    }

    public void Arrived(ReadOnlySpan<byte> payload)
    {
        if (PackReadings.Read(payload) is not { } pack)
        {
            return;
        }

        lock (_gate)
        {
            foreach (long reading in Identify(pack))
            {
                if (Mark(reading, Side.Arrived))
                {
                    ReadingsArrived++;
                    CountMissing(reading, Has(reading, Side.Acknowledged) ? -1 : 0);
                }
                else
                {
                    Duplicates++;
                }
            }
        }
    }

    /// <summary>What was sent and has not arrived up to now may have arrived unseen.</summary>
    public void Missed()
    {
        lock (_gate)
        {
            long[] open = [.. _readings.Where(entry => (entry.Value & (Side.Sent | Side.Arrived | Side.Excused)) == Side.Sent).Select(entry => entry.Key)];
            foreach (long reading in open)
            {
                int missing = Has(reading, Side.Acknowledged) ? 1 : 0;
                CountMissing(reading, -missing);
                _readings[reading] |= Side.Excused;
                CountMissing(reading, missing);
            }
        }
    }

    private void CountMissing(long reading, int more)
    {
        if (Has(reading, Side.Excused))
        {
            Unseen += more;
        }
        else
        {
            AcknowledgedOnly += more;
        }
    }

    private void Acknowledge(long[] readings)
    {
        PacksAcknowledged++;
        foreach (long reading in readings)
        {
            if (Mark(reading, Side.Acknowledged))
            {
                ReadingsAcknowledged++;
                CountMissing(reading, Has(reading, Side.Arrived) ? 0 : 1);
            }
            else if (_acknowledgedIn.TryGetValue(reading, out int boot) && boot < _boot)
            {
                ReadingsAcknowledgedAgain++;
            }

            _acknowledgedIn[reading] = _boot;
        }
    }

    private bool Has(long reading, Side side) => (_readings.GetValueOrDefault(reading) & side) != 0;

    // True when it is new on that side.
    private bool Mark(long reading, Side side)
    {
        Side before = _readings.GetValueOrDefault(reading);
        if ((before & side) != 0)
        {
            return false;
        }

        _readings[reading] = before | side;
        if (((before | side) & Side.Through) == Side.Through)
        {
            _done.Enqueue(reading);
            if (_done.Count > Remembered)
            {
                long forgotten = _done.Dequeue();
                _readings.Remove(forgotten);
                _acknowledgedIn.Remove(forgotten);
            }
        }

        return true;
    }

    // The first arrival of a pack identifies its readings: the pack may come again with a base time that it did not have.
    private long[] Identify(PackReadings pack)
    {
        if (pack.Sequence is not { } sequence)
        {
            return pack.HasTime ? [.. pack.Times] : [.. pack.Times.Select(_ => ++_nameless)];
        }

        long[] names = pack.HasTime
            ? [.. pack.Times]
            : [.. pack.Times.Select((_, index) => -((sequence * ReadingsPerPack) + index) - 1)];
        if (_packs.TryGetValue(sequence, out (long[] Own, long[] Names) known) && IsSame(known.Own, names))
        {
            return known.Names;
        }

        // Of many readings in a second the names are far from the times.
        long[] own = [.. names];
        TellApart(names);
        if (_packs.TryAdd(sequence, (own, names)))
        {
            _packOrder.Enqueue(sequence);
            if (_packOrder.Count > RememberedPacks)
            {
                _packs.Remove(_packOrder.Dequeue());
            }
        }
        else
        {
            _packs[sequence] = (own, names);
        }

        return names;
    }

    // After the clock was set back a reading may have the time of an earlier one. Times are whole seconds.
    private void TellApart(long[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            while (_readings.ContainsKey(names[i]) || Array.IndexOf(names, names[i], 0, i) >= 0)
            {
                names[i]++;
            }
        }
    }

    private static bool IsSame(long[] known, long[] names)
    {
        for (int i = 0; i < known.Length && known.Length == names.Length; i++)
        {
            bool bothHaveTimes = known[i] >= 0 && names[i] >= 0;
            if (bothHaveTimes && Math.Abs(known[i] - names[i]) > SamePackMs)
            {
                return false;
            }
        }

        return known.Length == names.Length;
    }
}
