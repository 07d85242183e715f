namespace Boards.NativeSim.Delivery;

/// <summary>
/// Keeps account of a device's telemetry from both sides: what the device sent and holds for acknowledged, and what
/// arrived at the broker. A reading is known by its time; a pack that is sent again, by its number too.
/// </summary>
/// <remarks>Bounded: a reading that is through, on both sides, is remembered for the next <see cref="Remembered"/>.</remarks>
internal sealed class DeliveryLog
{
    private const int Remembered = 4096;
    private const int RememberedPacks = 256;
    private const int ReadingsPerPack = 1024;

    /// <summary>The device's clock may be set between a pack and its repetition.</summary>
    private const long SamePackMs = 5_000;

    private readonly object _gate = new();
    private readonly Dictionary<int, long[]> _open = [];
    private readonly Dictionary<long, Side> _readings = [];
    private readonly Queue<long> _done = new();
    private readonly Dictionary<long, long[]> _packs = [];
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
    }

    /// <summary>Packs handed to the link to the broker, those that were sent again included.</summary>
    public long PacksSent { get; private set; }

    /// <summary>Packs that the broker acknowledged.</summary>
    public long PacksAcknowledged { get; private set; }

    /// <summary>Readings that were in a pack that was acknowledged: they may leave the device.</summary>
    public long ReadingsAcknowledged { get; private set; }

    /// <summary>
    /// How often a reading was acknowledged that an earlier boot had acknowledged: it was still on the flash.
    /// </summary>
    public long ReadingsAcknowledgedAgain { get; private set; }

    /// <summary>Readings that the device has sent, each counted once.</summary>
    public long ReadingsSent { get; private set; }

    /// <summary>Readings that arrived at the broker, each counted once.</summary>
    public long ReadingsArrived { get; private set; }

    /// <summary>Readings that were acknowledged and have not arrived.</summary>
    public long AcknowledgedOnly { get; private set; }

    /// <summary>How often a reading arrived that had arrived before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>A new connection: nothing that was sent before will be acknowledged any more.</summary>
    public void Connecting()
    {
        lock (_gate)
        {
            _open.Clear();
        }
    }

    /// <summary>The device boots again.</summary>
    public void Booting()
    {
        lock (_gate)
        {
            _boot++;
            _open.Clear();
        }
    }

    /// <summary>The device hands a pack to the link.</summary>
    /// <param name="payload">The pack.</param>
    /// <param name="publish">Does it and gives the message id, 0 when it could not be taken.</param>
    /// <returns>The message id.</returns>
    public int Send(byte[] payload, Func<int> publish)
    {
        PackReadings? pack = PackReadings.Read(payload);
        lock (_gate)
        {
            // Inside: the acknowledgement may come before this thread goes on.
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

    /// <summary>The broker has acknowledged a message.</summary>
    /// <param name="id">Message id; of whatever message.</param>
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

    /// <summary>A pack has arrived at the broker.</summary>
    /// <param name="payload">The pack.</param>
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
                    AcknowledgedOnly -= Has(reading, Side.Acknowledged) ? 1 : 0;
                }
                else
                {
                    Duplicates++;
                }
            }
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
                AcknowledgedOnly += Has(reading, Side.Arrived) ? 0 : 1;
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
        if ((before | side) == Side.Through)
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

    // Its first appearance names the readings of a pack: the same pack may come again with a base time when it had none.
    private long[] Identify(PackReadings pack)
    {
        if (pack.Sequence is not { } sequence)
        {
            return pack.HasTime ? [.. pack.Times] : [.. pack.Times.Select(_ => ++_nameless)];
        }

        long[] names = pack.HasTime
            ? [.. pack.Times]
            : [.. pack.Times.Select((_, index) => -((sequence * ReadingsPerPack) + index) - 1)];
        if (_packs.TryGetValue(sequence, out long[]? known) && IsSame(known, names))
        {
            return known;
        }

        TellApart(names);
        if (_packs.TryAdd(sequence, names))
        {
            _packOrder.Enqueue(sequence);
            if (_packOrder.Count > RememberedPacks)
            {
                _packs.Remove(_packOrder.Dequeue());
            }
        }
        else
        {
            _packs[sequence] = names;
        }

        return names;
    }

    // After the clock was put back a reading may have the time of an earlier one. Times are whole seconds.
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
