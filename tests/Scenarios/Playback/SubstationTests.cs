using System.Text.Json;
using Boards.NativeSim.World;

namespace Scenarios.Playback;

/// <summary>The scenario <c>substation</c>, as a person sees it who reads the meters and what passes the broker. One run serves all tests.</summary>
[TestClass]
public sealed class SubstationTests
{
    private const int Gateway = 1;
    private const int Meters = 16;
    private const int Dead = 5;
    private const int End = 7200;
    private const double Interval = 10;

    // Seconds without power and the start after it; what was measured right before is not on flash yet.
    private static readonly (double From, double To)[] Dark = [(3297, 3335), (4497, 4520)];

    private static readonly Lazy<Task<Seen>> Run = new(RunAsync);

    [TestMethod]
    public async Task Each_value_is_that_of_its_meter_at_that_moment()
    {
        Seen seen = await Run.Value;
        int values = 0;
        for (int meter = 1; meter <= Meters; meter++)
        {
            foreach ((double at, double energy) in seen.Energy[meter - 1])
            {
                double[] right = [.. Around(at).Select(second => EnergyOf(meter, second))];
                Assert.Contains(energy, right, $"meter {meter} at {at} s");
                double voltage = seen.Voltage[meter - 1][at];
                Assert.Contains(voltage, Around(at).Select(second => VoltageOf(meter, second)).ToArray(), $"meter {meter} at {at} s");
                values++;
            }
        }

        Assert.IsGreaterThan(15 * (End - 100) / 10, values);
    }

    [TestMethod]
    public async Task No_reading_is_lost_over_dead_meter_noise_outage_and_power_cuts()
    {
        Seen seen = await Run.Value;
        int missed = 0;
        for (int meter = 1; meter <= Meters; meter++)
        {
            double[] times = [0, .. seen.Energy[meter - 1].Keys.Where(at => at > 5)];
            Assert.IsGreaterThan(End - (2 * Interval), times[^1], $"{seen.Waiting} wait");
            foreach ((double before, double after) in times.Zip(times.Skip(1)))
            {
                bool isDark = Dark.Any(cut => before <= cut.To && after >= cut.From);
                bool isDead = meter == Dead && before >= 600 - Interval && after <= 5400 + 320;

                // One poll in 125 fails three times on a line with so much noise.
                bool isNoisy = before >= 1200 - Interval && after <= 2400 + Interval && after - before <= (3 * Interval) + 3;
                missed += isNoisy && after - before > Interval + 3 ? 1 : 0;
                Assert.IsTrue(after - before <= Interval + 3 || isDark || isDead || isNoisy, $"meter {meter}: nothing from {before} to {after} s");
            }
        }

        Assert.IsLessThan(15 * 120 / 40, missed);

        Assert.AreEqual(0, seen.Dropped);
    }

    [TestMethod]
    public async Task Dead_meter_is_reported_once_asked_rarely_and_taken_back()
    {
        Seen seen = await Run.Value;
        Assert.AreEqual("m5: no answer", seen.Faults.Select(fault => $"{fault.GetProperty("child").GetString()}: {fault.GetProperty("reason").GetString()}").Distinct().Single());
        Assert.AreEqual("m5", seen.Recoveries.Single().GetProperty("child").GetString());

        // A power cut forgets the pauses.
        Assert.IsInRange(20, 75, seen.DeadRequests);
        Assert.IsGreaterThan(100, seen.Energy[Dead - 1].Count(reading => reading.Key > 5720));
    }

    private static async Task<Seen> RunAsync()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("substation");
        SimulatedMeter dead = run.Devices[0].SerialMeters[Dead - 1];
        await run.RunToAsync(600);
        int before = dead.Requests;
        await run.RunToAsync(5400);
        int asked = dead.Requests - before;
        await run.RunToAsync(End + 5);
        return new Seen(
            [.. Enumerable.Range(1, Meters).Select(meter => run.Readings(Gateway, $"m{meter}_energy"))],
            [.. Enumerable.Range(1, Meters).Select(meter => run.Readings(Gateway, $"m{meter}_voltage"))],
            run.Events(Gateway, "child-fault"),
            run.Events(Gateway, "child-recovered"),
            asked,
            run.Devices[0].Figures.Dropped,
            run.Devices[0].Figures.Outbox);
    }

    // Its answer is of the moment in which it was asked; the reading has the second of the end of the poll.
    private static IEnumerable<int> Around(double at) => Enumerable.Range((int)at - 1, 3);

    private static DateTime Time(int second) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(second);

    private static double VoltageOf(int meter, int second) => SimulatedMeter.RegistersOf(meter, Time(second), false)[0] / 10.0;

    private static double EnergyOf(int meter, int second)
    {
        ushort[] registers = SimulatedMeter.RegistersOf(meter, Time(second), false);
        return (registers[4] << 16) | registers[5];
    }

    private sealed record Seen(
        IReadOnlyList<SortedDictionary<double, double>> Energy,
        IReadOnlyList<SortedDictionary<double, double>> Voltage,
        IReadOnlyList<JsonElement> Faults,
        IReadOnlyList<JsonElement> Recoveries,
        int DeadRequests,
        long Dropped,
        long Waiting);
}
