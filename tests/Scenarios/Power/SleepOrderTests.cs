using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Power;

/// <summary>No wake ends with a message that is not acknowledged, unless nothing else could be done.</summary>
[TestClass]
public sealed class SleepOrderTests
{
    private const int CapMs = 30_000;
    private const int LeaveMs = 3_000;
    private const int OnlineMs = 12_000;
    private const int Wakes = 60;

    // Until the program runs, until the sensors are read, until the connection is closed.
    private const int SlackMs = 1_500;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public async Task Device_never_sleeps_before_its_messages_are_acknowledged(int seed)
    {
        await using Bench bench = await Bench.StartAsync();
        foreach (Sleeper sleeper in RunOnBadNetwork(bench, seed))
        {
            foreach (Sleeper.WakeLog wake in sleeper.Wakes.Where(wake => wake.WasOnline && !wake.WasLost && wake.AwakeMs < CapMs))
            {
                Assert.AreEqual((0, 0L, true), (wake.Unacknowledged, wake.Outbox, wake.WasAnnounced), $"{sleeper.Device.Id}: {wake}");
            }
        }
    }

    [TestMethod]
    public async Task Device_is_never_awake_for_longer_than_its_cap_and_its_farewell()
    {
        await using Bench bench = await Bench.StartAsync();
        foreach (Sleeper sleeper in RunOnBadNetwork(bench, 5))
        {
            Assert.IsLessThanOrEqualTo(CapMs + LeaveMs + SlackMs, sleeper.Wakes.Max(wake => wake.AwakeMs));
        }
    }

    [TestMethod]
    public async Task Device_gives_up_when_it_cannot_come_online_in_12_seconds()
    {
        await using Bench bench = await Bench.StartAsync();
        foreach (Sleeper sleeper in RunOnBadNetwork(bench, 6))
        {
            Assert.IsLessThanOrEqualTo(OnlineMs + SlackMs, sleeper.Wakes.Where(wake => !wake.WasOnline).Max(wake => wake.AwakeMs));
        }
    }

    [TestMethod]
    public async Task Nothing_is_missing_after_a_bad_network()
    {
        await using Bench bench = await Bench.StartAsync();
        foreach (Sleeper sleeper in RunOnBadNetwork(bench, 7))
        {
            Assert.IsTrue(bench.Scheduler.RunUntil(() => sleeper.IsAsleep && sleeper.Device.Figures.Outbox == 0, 40L * Sleeper.Interval * 1000), sleeper.Device.Id);
            sleeper.AssertNothingIsMissing();
        }
    }

    // In each wake of each device something else: answers that are late, or do not come in time; a link that breaks.
    private static Sleeper[] RunOnBadNetwork(Bench bench, int seed)
    {
        var random = new Random(seed);
        int[] latencies = [0, 50, 400, 1500, 3000, 9000, 40_000];
        Sleeper[] sleepers = [.. Enumerable.Range(1, 6).Select(number =>
            Sleeper.Boot(bench, number, number % 2 == 0 ? ""","publishEvery":3""" : string.Empty, options: new DeviceOptions { Seed = seed, BatteryMah = 2000 }))];
        foreach (Sleeper sleeper in sleepers)
        {
            SimulatedRadio radio = sleeper.Device.Chip.Radio;
            for (int wake = 1; wake < Wakes; wake++)
            {
                long at = (wake * Sleeper.Interval * 1000L) + sleeper.Offset;
                bench.Scheduler.At(at, () => radio.LatencyMs = latencies[random.Next(4)]);
                bench.Scheduler.At(at + random.Next(2000, 9000), () => radio.LatencyMs = latencies[random.Next(latencies.Length)]);
                if (random.Next(4) == 0)
                {
                    long brokenAt = at + random.Next(1000, 12_000);
                    bench.Scheduler.At(brokenAt, () => radio.BrokerReachable = false);
                    bench.Scheduler.At(brokenAt + random.Next(500, 15_000), () => radio.BrokerReachable = true);
                }

                bench.Scheduler.At(at + 60_000, () => radio.LatencyMs = 0);
            }
        }

        bench.RunFor(Wakes * Sleeper.Interval);
        Sleeper.WakeLog[] all = [.. sleepers.SelectMany(sleeper => sleeper.Wakes)];
        Console.WriteLine($"{all.Length} wakes, {all.Count(w => w.Radio)} with radio, {all.Count(w => w.WasOnline)} online, {all.Count(w => w.WasLost)} lost the link, {all.Count(w => w.AwakeMs >= CapMs)} ended by the cap, {all.Count(w => w.Unacknowledged > 0)} with something unacknowledged, longest {all.Max(w => w.AwakeMs)} ms");
        return sleepers;
    }
}
