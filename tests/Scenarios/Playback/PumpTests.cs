using System.Text.Json;

namespace Scenarios.Playback;

/// <summary>The scenario <c>pump</c>, as a person sees it who looks at pump and drain, and reads what passes the broker.</summary>
[TestClass]
public sealed class PumpTests
{
    private const int Well = 1;
    private const int Tank = 2;
    private const int PumpPin = 25;
    private const int DrainPin = 26;
    private const double Interval = 5;
    private const int End = 620;

    [TestMethod]
    public async Task Pump_and_drain_are_never_on_together_and_the_drain_opens_when_the_pump_has_stopped()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("pump");
        await run.RunToAsync(End);

        IReadOnlyList<(double At, bool IsHigh)> drain = run.Levels(Well, DrainPin);
        Assert.HasCount(3, drain);
        foreach (double at in run.Levels(Well, PumpPin).Concat(drain).Select(level => level.At))
        {
            Assert.IsFalse(run.IsHighAt(Well, PumpPin, at) && run.IsHighAt(Well, DrainPin, at), $"both at {at} s");
        }

        // Frost comes while the pump runs.
        double frost = run.Readings(Well, "temperature").First(reading => reading.Value < 2).Key;
        Assert.IsTrue(run.IsHighAt(Well, PumpPin, frost), "the pump stands still: nothing is shown");
        double stopped = run.Levels(Well, PumpPin).First(level => !level.IsHigh && level.At > frost).At;
        Assert.IsTrue(drain[1].At >= stopped && drain[1].At <= stopped + 10, $"the drain opens at {drain[1].At} s, the pump stopped at {stopped} s");

        // And the tank asks for water before the drain is closed.
        Assert.IsTrue(run.Readings(Tank, "pressure").Any(reading => reading.Value < 104_000 && reading.Key > drain[1].At && reading.Key < drain[2].At));
        double next = run.Levels(Well, PumpPin).First(level => level.IsHigh && level.At > stopped).At;
        Assert.IsTrue(next >= drain[2].At && next <= drain[2].At + 10, $"the pump starts at {next} s, the drain closed at {drain[2].At} s");
    }

    [TestMethod]
    public async Task Pump_stays_off_for_its_minimum_time_also_after_the_start()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("pump");
        await run.RunToAsync(End);

        IReadOnlyList<(double At, bool IsHigh)> pump = run.Levels(Well, PumpPin);
        double[] pauses = [.. pump.Zip(pump.Skip(1)).Where(pair => pair.Second.IsHigh).Select(pair => pair.Second.At - pair.First.At)];
        Assert.IsGreaterThan(3, pauses.Length);
        Assert.IsGreaterThanOrEqualTo(60, pauses.Min());

        // The limit decides, not the water: it was asked for before.
        Assert.IsTrue(run.Readings(Tank, "pressure").Any(reading => reading.Value < 104_000 && reading.Key < pump[1].At - Interval));
        Assert.IsLessThan(71, pauses[0]);
    }

    [TestMethod]
    public async Task Pump_does_not_run_dry()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("pump");
        await run.RunToAsync(End);

        bool isDry = false;
        int dry = 0;
        foreach ((double at, double level) in run.Readings(Well, "pressure"))
        {
            isDry = level < 102_300 || (isDry && level < 104_300);
            dry += isDry ? 1 : 0;
            Assert.IsFalse(isDry && run.IsHighAt(Well, PumpPin, at + 1), $"runs dry at {at} s");
        }

        Assert.IsGreaterThan(5, dry);
        JsonElement report = run.Events(Well, "rule").Single(e => e.TryGetProperty("event", out _));
        Assert.AreEqual("dry active well-dry", $"{report.GetProperty("rule")} {report.GetProperty("state")} {report.GetProperty("event")}");

        // It was running, and the tank still wanted water.
        double first = run.Readings(Well, "pressure").First(reading => reading.Value < 102_300).Key;
        Assert.IsTrue(run.IsHighAt(Well, PumpPin, first - Interval));
        Assert.IsLessThan(108_000, run.Readings(Tank, "pressure").Last(reading => reading.Key <= first).Value);
    }
}
