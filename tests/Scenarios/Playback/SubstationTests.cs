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
    private const double WriteBack = 2;
    private const double Start = 3;

    // Seconds without power. What was measured in the two before is not on flash yet; after a start
    // each meter is asked within three, and what it says before the clock is set comes without a time.
    private static readonly (double From, double To)[] Cuts = [(3300, 3320), (4500, 4505)];

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
                bool isDark = Cuts.Any(cut => before >= cut.From - WriteBack - Interval - Start && after <= cut.To + Start + Interval && before <= cut.To && after >= cut.From);
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
    public async Task Dead_meter_does_not_delay_the_others()
    {
        Seen seen = await Run.Value;
        for (int meter = 1; meter <= Meters; meter++)
        {
            // From its death to the noise, and from there to the outage.
            foreach (double from in new[] { 600.0, 2400 })
            {
                int count = seen.Energy[meter - 1].Keys.Count(at => at >= from && at < from + 600);
                Assert.IsTrue(meter == Dead ? count == 0 : count is >= 59 and <= 61, $"meter {meter}: {count} readings from {from} s");
            }
        }
    }

    [TestMethod]
    public async Task Dead_meter_is_asked_ever_less_often()
    {
        Seen seen = await Run.Value;

        // A poll of three requests, two of one, then one after 20, 40, 80 and 160 s, then one each 300 s.
        Assert.IsInRange(7, 8, seen.DeadRequests[0]);
        Assert.IsInRange(2, 3, seen.DeadRequests[1]);
        Assert.IsInRange(3, 4, seen.DeadRequests[2]);
        Assert.IsInRange(3, 4, seen.DeadRequests[3]);
    }

    [TestMethod]
    public async Task Dead_meter_is_reported_once_and_taken_back()
    {
        Seen seen = await Run.Value;
        Assert.AreEqual("m5: no answer", seen.Faults.Select(fault => $"{fault.GetProperty("child").GetString()}: {fault.GetProperty("reason").GetString()}").Distinct().Single());
        Assert.AreEqual("m5", seen.Recoveries.Single().GetProperty("child").GetString());

        // A power cut forgets the pauses.
        Assert.IsInRange(20, 75, seen.DeadRequests.Sum());
        Assert.IsGreaterThan(100, seen.Energy[Dead - 1].Count(reading => reading.Key > 5720));
    }

    private static async Task<Seen> RunAsync()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("substation");
        SimulatedMeter dead = run.Devices[0].SerialMeters[Dead - 1];
        await run.RunToAsync(600);
        var asked = new List<int>();
        foreach (int second in new[] { 700, 1000, 2000, 2990, 5400 })
        {
            int before = dead.Requests;
            await run.RunToAsync(second);
            asked.Add(dead.Requests - before);
        }

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
        IReadOnlyList<int> DeadRequests,
        long Dropped,
        long Waiting);
}
