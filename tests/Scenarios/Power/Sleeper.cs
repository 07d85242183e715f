using System.Globalization;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Firmware.Sleep;
using Scenarios.Harness;

namespace Scenarios.Power;

/// <summary>A device in deep-sleep mode, and what it did in each of its wakes.</summary>
internal sealed class Sleeper
{
    public const int Interval = 300;
    private const long DayMs = 86_400_000;

    private readonly Bench _bench;
    private readonly SortedDictionary<long, PackReadings> _packs = [];
    private long _wokeAtMs;
    private bool _wasOnline;
    private bool _wasLost;
    private bool _wasTold;
    private long _radioWakes;

    private Sleeper(Bench bench, int number, DeviceOptions options)
    {
        _bench = bench;
        Device = bench.Scheduler.Add(number, options, Watch);

        // A connection that ends in the last step of a wake is never seen in another state than off.
        Device.Chip.Radio.BrokerReachableChanged += (_, _) => _wasLost |= !IsAsleep;
    }

    public SimulatedDevice Device { get; }

    /// <summary>What happened to whoever watches, one entry a wake that is over.</summary>
    public List<WakeLog> Wakes { get; } = [];

    public bool IsAsleep => Device.Chip.Stop == ChipStop.DeepSleep;

    public string StatusTopic => $"m2m/{Device.Id}/status";

    public int Offset => WakeSchedule.OffsetOf(Device.Id, Interval);

    /// <summary>Boots a device that sleeps. The members go into its settings, those of power without what is always there.</summary>
    public static Sleeper Boot(Bench bench, int number = 1, string power = "", string more = "", int port = 0, DeviceOptions? options = null)
    {
        string settings = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"broker":{"host":"127.0.0.1","port":{{{(port == 0 ? bench.Broker.Port : port)}}}},"interval":{{{Interval}}},"power":{"mode":"deep-sleep"{{{power}}}}{{{more}}}}""");
        options ??= new DeviceOptions { BatteryMah = 2000 };
        var sleeper = new Sleeper(bench, number, options with { Settings = settings });
        sleeper.Device.Boot();
        return sleeper;
    }

    /// <summary>Lets time run until it has slept so many times more.</summary>
    public void RunWakes(int count, int secondsAtMost = 0)
    {
        int goal = Wakes.Count + count;
        long limit = secondsAtMost > 0 ? secondsAtMost : (count + 1L) * Interval;
        Assert.IsTrue(_bench.Scheduler.RunUntil(() => Wakes.Count >= goal, limit * 1000), $"{Device.Id} slept {Wakes.Count} times, not {goal}");
    }

    /// <summary>By how much wakes missed their slot, in milliseconds.</summary>
    public IEnumerable<long> WakeErrors(long fromMs) => Wakes.Where(wake => wake.WakeAtMs >= fromMs).Select(wake =>
    {
        const long Step = Interval * 1000L;
        long late = (((wake.WakeAtMs - Offset) % Step) + Step) % Step; // The world begins at a multiple of the interval.
        return late > Step / 2 ? late - Step : late;
    });

    public double ChargePerDay(double chargeBefore, long fromMs, long toMs) =>
        (Device.Energy.ChargeMah - chargeBefore) * DayMs / (toMs - fromMs);

    /// <summary>The packs that arrived up to now, each counted once. They outlive the client that received them.</summary>
    public SortedDictionary<long, PackReadings> Packs()
    {
        foreach (Received message in _bench.Telemetry(Device))
        {
            PackReadings pack = PackReadings.Read(message.Payload)!;
            _packs.TryAdd(pack.Sequence!.Value, pack);
        }

        return _packs;
    }

    /// <summary>All readings that it ever took have arrived, and no number is left out.</summary>
    public void AssertNothingIsMissing()
    {
        long taken = Device.Figures.Readings;
        Assert.AreEqual((0L, 0L), (Device.Figures.Outbox, Device.Figures.Dropped), $"{Device.Id}: readings that wait, readings dropped");
        _bench.WaitFor(() => Packs().Values.Sum(pack => pack.Times.Count) >= taken, $"{Device.Id} took {taken} readings, less arrived");
        SortedDictionary<long, PackReadings> packs = Packs();
        Assert.AreEqual(taken, packs.Values.Sum(pack => pack.Times.Count), $"{Device.Id}: readings that arrived");
        Assert.AreEqual(packs.Count, packs.Keys.Last() - packs.Keys.First() + 1, $"{Device.Id}: a number is missing");
    }

    // Told on the thread of the run, after each step that changed something.
    private void Watch(SimulationEvent e)
    {
        if (e.Type == "status")
        {
            _wasTold = e.Payload.AsSpan().IndexOf("\"sleeping\""u8) >= 0;
        }
        else if (e.Type == "state" && Device.State == LinkState.Online)
        {
            _wasOnline = true;
        }
        else if (e.Type == "state" && IsAsleep)
        {
            NoteSleep();
        }
        else if (e.Type == "state" && _wasOnline && Device.State != LinkState.Off)
        {
            _wasLost = true;
        }
    }

    private void NoteSleep()
    {
        PowerMeter meter = Device.Chip.Meter;
        Wakes.Add(new WakeLog(
            _wokeAtMs,
            Device.Chip.Time.NowMs - _wokeAtMs,
            meter.RadioWakes > _radioWakes || Wakes.Count == 0,
            _wasOnline,
            _wasLost,
            _wasTold,
            Device.Figures.Outbox,
            Device.Unacknowledged));
        _wokeAtMs = Device.Chip.WakeAtMs;
        _radioWakes = meter.RadioWakes;
        _wasOnline = _wasLost = _wasTold = false;
    }

    /// <summary>One wake, from the world's view.</summary>
    internal sealed record WakeLog(long WakeAtMs, long AwakeMs, bool Radio, bool WasOnline, bool WasLost, bool WasTold, long Outbox, int Unacknowledged);
}
