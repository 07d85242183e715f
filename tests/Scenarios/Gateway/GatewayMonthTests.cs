using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Boards.NativeSim.World;

namespace Scenarios.Gateway;

/// <summary>
/// A gateway with 16 meters at 10 s, over outages of broker and Wi-Fi, power cuts, restarts, a meter that dies and a noisy line.
/// Three hours of it each time; with GATEWAY_DAYS=30 a month, which takes most of an hour. What the meters say they gave is
/// compared with what is at the broker. One run serves all tests.
/// </summary>
[TestClass]
public sealed class GatewayMonthTests
{
    private const int Seed = 15;
    private const long MinuteMs = 60_000;
    private const long PeriodMs = 180 * MinuteMs;
    private const int PeriodsOfDay = 8;

    /// <summary>When memory is looked at first in a run of less than a day: before the first outage.</summary>
    private const long FirstMs = 50 * MinuteMs;
    private const int Dead = 7;

    /// <summary>What was measured before a power cut and may be lost: <c>outbox.writeBack</c>, and the loop's pause.</summary>
    private const long WriteBackMs = 2_000 + 100;

    /// <summary>What comes in the very millisecond of a restart is not read any more.</summary>
    private const long RestartMs = 1;

    /// <summary>By which the process may grow: the account and the simulator's remember packs.</summary>
    private const long Bound = 2_500_000;

    /// <summary>What the first outage and the first restart leave: slots of the outbox, names that were read from flash.</summary>
    private const int FewObjects = 40;
    private const int FewElements = 1500;

    /// <summary>Of the 64 blocks of a board with 4 MB.</summary>
    private const int FreeBlocks = 56;

    private static readonly Lazy<Task<Seen>> Lived = new(RunAsync);

    [TestMethod]
    public async Task Nothing_is_lost_but_the_last_two_seconds_before_a_power_cut()
    {
        Seen seen = await Lived.Value;
        Assert.IsEmpty(seen.Faults, string.Join("; ", seen.Faults));
        Assert.AreEqual(0, seen.Unexplained.Count, "given and never arrived, at ms: " + string.Join(", ", seen.Unexplained.Take(10)));
        Assert.AreEqual(0, seen.DroppedBefore);
        Assert.IsLessThanOrEqualTo(seen.Cuts * GatewayRun.Children, seen.LostToCuts, "all meters are asked within two seconds");
        Assert.IsLessThanOrEqualTo(seen.Restarts, seen.LostToRestarts, "the line carries one answer at a time");

        // One child is away for almost half of the time, and the device for a minute after each stop.
        Assert.IsGreaterThan(seen.Days * 86400 / GatewayRun.Interval * 14, seen.Given);
        Assert.IsGreaterThan(seen.Given / 100, seen.Damaged);
        Assert.IsTrue(seen.ChildrenLost > 0 && seen.ChildrenBack > 0, $"lost {seen.ChildrenLost}, back {seen.ChildrenBack}");
    }

    [TestMethod]
    public async Task Outage_longer_than_the_outbox_costs_the_oldest_alone_and_says_how_many()
    {
        Seen seen = await Lived.Value;
        Assert.IsGreaterThan(0, seen.LostToOutage.Count);
        Assert.AreEqual(seen.Counted, seen.LostToOutage.Count, "what info counts is not what is missing");
        Assert.IsLessThanOrEqualTo(seen.OldestKept, seen.LostToOutage[^1], "something is missing behind what has arrived");
        Assert.IsGreaterThan(0, seen.OutboxFull);
    }

    /// <summary>The blocks that are not taken all the time wear alike: littlefs writes to the next one that is free.</summary>
    [TestMethod]
    public async Task Flash_lasts_ten_years_of_an_hour_and_a_quarter_a_day_without_a_broker()
    {
        Seen seen = await Lived.Value;
        double anHour = seen.Erases / (seen.OutageMs / 3_600_000.0);
        double years = 100_000.0 * FreeBlocks / (anHour * 1.25 * 365);
        Console.WriteLine($"{seen.Erases} blocks erased in {seen.OutageMs / 3_600_000.0:0.0} hours of outages: {anHour:0} an hour, {years:0.0} years of an hour and a quarter a day");
        Assert.IsGreaterThan(10, years);
    }

    [TestMethod]
    public async Task Memory_is_flat()
    {
        Seen seen = await Lived.Value;
        Assert.IsLessThanOrEqualTo(seen.First.Objects + FewObjects, seen.End.Objects, "objects of the device");
        Assert.IsLessThanOrEqualTo(seen.First.Elements + FewElements, seen.End.Elements, "elements of its arrays and strings");
        Assert.IsLessThan(Bound, seen.End.Process - seen.First.Process);
    }

    /// <summary>Each poll may be a message: more than the one a second that devices are given.</summary>
    [TestMethod]
    public async Task Flash_is_not_written_while_the_broker_takes_all()
    {
        await using GatewayRun run = await GatewayRun.StartAsync(Seed);
        run.RunTo(MinuteMs);
        long before = run.Device.Chip.Flash.Writes;
        run.RunTo(41 * MinuteMs);

        // Numbers of packs are reserved for ten minutes: five operations each time.
        Assert.IsLessThanOrEqualTo(before + (5 * 5), run.Device.Chip.Flash.Writes);
    }

    private static async Task<Seen> RunAsync()
    {
        double days = double.Parse(Environment.GetEnvironmentVariable("GATEWAY_DAYS") ?? "0.125", CultureInfo.InvariantCulture);
        int periods = (int)(days * PeriodsOfDay);
        long start = Stopwatch.GetTimestamp();
        await using GatewayRun run = await GatewayRun.StartAsync(Seed);
        var random = new Random(Seed);
        var seen = new Seen(days);
        for (int period = 0; period < periods; period++)
        {
            seen.OutageMs += Plan(run, random, period * PeriodMs);
        }

        for (int period = 0; period < periods; period++)
        {
            if (period == 0 && periods < PeriodsOfDay)
            {
                run.RunTo(FirstMs);
                await run.SettleAsync();
                seen.First = Memory.Of(run);
            }

            run.RunTo((period + 1) * PeriodMs);
            (JsonElement info, long before) = await run.SettleAsync();
            seen.DroppedBefore += Dropped(info);
            Explain(run, seen, before);
            if (period == PeriodsOfDay - 1)
            {
                seen.First = Memory.Of(run);
            }
        }

        seen.End = Memory.Of(run);
        seen.Erases = run.Device.Chip.Flash.Erases;
        await LongOutageAsync(run, seen, periods < PeriodsOfDay ? 45 * MinuteMs : 300 * MinuteMs);
        seen.Take(run);
        SimulatedFlash flash = run.Device.Chip.Flash;
        Console.WriteLine($"{days} days took {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s: {seen.Given} answers given, {run.Account.Arrived} arrived, {run.Account.Duplicates} packs twice, {run.Account.Undated} undated, {run.Damaged} damaged on the line; lost: {seen.LostToCuts} to {seen.Cuts} power cuts, {seen.LostToRestarts} to {seen.Restarts} restarts, {seen.LostToOutage.Count} to the long outage, which counted {seen.Counted}");
        Console.WriteLine($"memory {seen.First}, at the end {seen.End}; flash: {flash.Writes} writes, {flash.BytesWritten:n0} bytes, {seen.Erases} blocks erased before the long outage; events: {string.Join(", ", run.Events.Select(e => $"{e.Key} {e.Value}"))}");
        return seen;
    }

    // Outages of 5 to 14 minutes and the pause of up to 5 before the device connects again, which the outbox holds, with time to
    // catch up; cuts and restarts at any moment.
    private static long Plan(GatewayRun run, Random random, long from)
    {
        SimulatedRadio radio = run.Device.Chip.Radio;
        long broker = from + (55 * MinuteMs) + random.NextInt64(5 * MinuteMs);
        long wifi = from + (110 * MinuteMs) + random.NextInt64(10 * MinuteMs);
        long brokerFor = random.NextInt64(5 * MinuteMs, 14 * MinuteMs);
        long wifiFor = random.NextInt64(5 * MinuteMs, 14 * MinuteMs);
        run.At(broker, () => radio.BrokerReachable = false);
        run.At(broker + brokerFor, () => radio.BrokerReachable = true);
        run.At(wifi, () => radio.InRange = false);
        run.At(wifi + wifiFor, () => radio.InRange = true);
        run.At(from + random.NextInt64(1, 165 * MinuteMs), run.Device.CutPower);
        run.At(broker + random.NextInt64(1, 5 * MinuteMs), run.Device.CutPower);
        int write = random.Next(1, 40);
        int kept = random.Next(1200);
        run.At(wifi + MinuteMs, () => run.Device.Chip.Flash.CutPowerAtWrite(write, kept));
        run.At(from + random.NextInt64(1, 165 * MinuteMs), run.RequestRestart);
        run.At(from, () => run.NoisePercent = 1);
        run.At(from + (20 * MinuteMs), () => run.NoisePercent = 20);
        run.At(from + (50 * MinuteMs), () => run.NoisePercent = 1);
        run.At(from + (10 * MinuteMs), () => run.Meters[Dead - 1].IsDead = true);
        run.At(from + (90 * MinuteMs), () => run.Meters[Dead - 1].IsDead = false);
        return brokerFor + wifiFor;
    }

    private static async Task LongOutageAsync(GatewayRun run, Seen seen, long lengthMs)
    {
        (JsonElement before, _) = await run.SettleAsync();
        run.NoisePercent = 0;
        run.Account.WatchedFrom = run.NowMs;
        run.Device.Chip.Radio.BrokerReachable = false;
        run.RunTo(run.NowMs + lengthMs);
        run.Device.Chip.Radio.BrokerReachable = true;
        (JsonElement after, long beforeMs) = await run.SettleAsync();
        seen.Counted = Dropped(after) - Dropped(before);
        seen.LostToOutage = run.Account.TakeMissing(beforeMs);
        seen.OldestKept = run.Account.OldestArrived;
    }

    // What is missing was given right before a stop, or is lost without an excuse.
    private static void Explain(GatewayRun run, Seen seen, long before)
    {
        foreach (long ms in run.Account.TakeMissing(before))
        {
            int stop = run.Stops.FindIndex(stop => ms <= stop.Ms && ms > stop.Ms - (stop.IsRestart ? RestartMs : WriteBackMs));
            if (stop < 0)
            {
                seen.Unexplained.Add(ms);
            }
            else if (run.Stops[stop].IsRestart)
            {
                seen.LostToRestarts++;
            }
            else
            {
                seen.LostToCuts++;
            }
        }
    }

    private static int Dropped(JsonElement info) => info.GetProperty("counters").GetProperty("readingsDropped").GetInt32();

    /// <summary>Bytes of the process, with broker, account and simulator; what the device itself holds.</summary>
    private readonly record struct Memory(long Process, int Objects, long Elements)
    {
        public static Memory Of(GatewayRun run)
        {
            (int objects, long elements) = DeviceHeap.Of(run.Device.Program!);
            return new Memory(GC.GetTotalMemory(true), objects, elements);
        }
    }

    private sealed class Seen(double days)
    {
        public double Days => days;

        public long Given { get; private set; }

        public IReadOnlyList<string> Faults { get; private set; } = [];

        public List<long> Unexplained { get; } = [];

        public int Cuts { get; private set; }

        public int Restarts { get; private set; }

        public int LostToCuts { get; set; }

        public int LostToRestarts { get; set; }

        public int DroppedBefore { get; set; }

        public IReadOnlyList<long> LostToOutage { get; set; } = [];

        public int Counted { get; set; }

        public long OldestKept { get; set; }

        public int OutboxFull { get; private set; }

        public int Damaged { get; private set; }

        public int ChildrenLost { get; private set; }

        public int ChildrenBack { get; private set; }

        public long Erases { get; set; }

        public long OutageMs { get; set; }

        public Memory First { get; set; }

        public Memory End { get; set; }

        public void Take(GatewayRun run)
        {
            Given = run.Account.Given;
            Faults = run.Account.Faults;
            Cuts = run.Stops.Count(stop => !stop.IsRestart);
            Restarts = run.Stops.Count - Cuts;
            Damaged = run.Damaged;
            ChildrenLost = run.Events.GetValueOrDefault("child-fault");
            ChildrenBack = run.Events.GetValueOrDefault("child-recovered");
            OutboxFull = run.Events.GetValueOrDefault("outbox-full");
        }
    }
}
