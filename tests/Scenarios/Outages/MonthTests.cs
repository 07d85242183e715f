using System.Diagnostics;
using System.Text.Json;
using Boards.NativeSim.Simulation;

namespace Scenarios.Outages;

[TestClass]
public sealed class MonthTests
{
    private const int Interval = 300;
    private const int Days = 30;
    private const int Seed = 3;
    private const long HourMs = 3_600_000;

    /// <summary>Growth of the whole process in three weeks of virtual time that counts as flat.</summary>
    private const long MemoryBound = 8_000_000;

    /// <summary>Bytes that the whole process allocates in a month.</summary>
    private const long AllocationBound = 25_000_000_000;

    // One run serves both tests, so that none of them is silent for long on a busy machine.
    private static readonly Lazy<Task<string>> FirstMonth = new(RunMonthAsync);

    [TestMethod]
    public async Task A_month_with_daily_outages_ends_with_nothing_missing() =>
        Assert.IsNotEmpty(await FirstMonth.Value);

    [TestMethod]
    public async Task The_same_month_comes_again_with_the_same_seed() =>
        Assert.AreEqual(await FirstMonth.Value, await RunMonthAsync(), "the same seed gave something else");

    private static async Task<string> RunMonthAsync()
    {
        long before = GC.GetTotalAllocatedBytes(true);
        long start = Stopwatch.GetTimestamp();
        await using OutageBench bench = await OutageBench.StartAsync();
        bench.Boot(1, bench.Broker.Port, Interval, Seed);
        SimulatedDevice device = bench.Devices[0];
        PlanOutages(bench, device);

        bench.RunFor(7 * 86400);
        long week = GC.GetTotalMemory(true);
        bench.RunFor((Days - 7) * 86400);
        long month = GC.GetTotalMemory(true);
        long allocated = GC.GetTotalAllocatedBytes(true) - before;

        JsonElement info = await bench.InfoAsync(device);
        Console.WriteLine($"a month took {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, {allocated:n0} bytes allocated; memory after a week {week:n0}, after the month {month:n0} bytes");
        Assert.AreEqual(0, info.GetProperty("outbox").GetInt32());
        await bench.AssertNothingIsMissingAsync(Interval);
        Assert.IsLessThan(MemoryBound, month - week);

        // The promise is a minute. Allocations stand for it, since how much else the machine has to do is no failure.
        Assert.IsLessThan(AllocationBound, allocated);
        return bench.Receiver[device.Id].Hash();
    }

    // Each day some hours: without the broker on even days, without the access point on odd ones.
    private static void PlanOutages(OutageBench bench, SimulatedDevice device)
    {
        var random = new Random(Seed);
        for (int day = 0; day < Days; day++)
        {
            bool isRadio = day % 2 == 1;
            long from = (day * 24 * HourMs) + random.NextInt64(HourMs, 16 * HourMs);
            Plan(from, false);
            Plan(from + random.NextInt64(HourMs, 6 * HourMs), true);

            void Plan(long ms, bool isUp) => bench.Scheduler.At(ms, () =>
            {
                device.Chip.Radio.InRange = isRadio ? isUp : device.Chip.Radio.InRange;
                device.Chip.Radio.BrokerReachable = isRadio ? device.Chip.Radio.BrokerReachable : isUp;
            });
        }
    }
}
