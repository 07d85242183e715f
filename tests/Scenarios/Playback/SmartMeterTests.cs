using Boards.NativeSim.World;

namespace Scenarios.Playback;

/// <summary>The scenario <c>smart-meter</c>, as a person sees it who looks at the meter, and reads what passes the broker. One run serves all tests.</summary>
[TestClass]
public sealed class SmartMeterTests
{
    private const int Pin = 14;
    private const int Year = 365 * 86_400;
    private const int PulsesPerUnit = 100;
    private const double LeakBegins = 17_280_000;
    private const double LeakEnds = 17_380_000;

    // Seconds without power, and the start after it.
    private static readonly (double From, double To)[] Dark = [(4_321_000, 4_321_000 + 10_800 + 1), (21_600_900, 21_600_900 + 30 + 1)];

    private static readonly Lazy<Task<Seen>> Run = new(RunAsync);

    [TestMethod]
    public async Task Total_of_a_year_is_that_of_the_meter_to_the_pulse()
    {
        Seen seen = await Run.Value;
        double[] counted = [.. seen.Pulses.Where(at => !Dark.Any(cut => at >= cut.From && at <= cut.To))];
        Assert.IsGreaterThan(10_000, counted.Length);
        Assert.IsGreaterThan(0, seen.Pulses.Count - counted.Length);
        Assert.IsGreaterThan(Year / 3600 - 10, seen.Totals.Count);

        // Of each reading, not only of the last. What comes in the very wake that measures is in the next one.
        int exact = 0;
        foreach ((double at, double total) in seen.Totals)
        {
            int pulses = (int)Math.Round(total * PulsesPerUnit);
            int before = counted.Count(pulse => pulse < at - 2);
            int until = counted.Count(pulse => pulse < at + 2);
            Assert.IsInRange(before, until, pulses, $"at {at} s");
            exact += before == until ? 1 : 0;
        }

        Assert.IsGreaterThan(seen.Totals.Count * 9 / 10, exact);
    }

    [TestMethod]
    public async Task Total_never_goes_back()
    {
        Seen seen = await Run.Value;
        double[] totals = [.. seen.Totals.Values];
        CollectionAssert.AreEqual(totals.Order().ToArray(), totals);
    }

    [TestMethod]
    public async Task Pulses_turn_no_radio_on()
    {
        Seen seen = await Run.Value;

        // Once a day, two starts after a loss of power, two reports of the leak, and attempts while the broker was away.
        Assert.IsInRange(360, 385, seen.RadioWakes);
        Assert.IsLessThan(3 * 3600, Year - seen.Totals.Keys.Last());
    }

    [TestMethod]
    public async Task Leak_is_reported_within_the_hour_after_it_has_lasted()
    {
        Seen seen = await Run.Value;
        Assert.AreEqual("leak no-leak", string.Join(' ', seen.Leaks.Select(leak => leak.Name)));
        Assert.IsInRange(LeakBegins + 7200, LeakBegins + 7200 + (2 * 3600), seen.Leaks[0].At);
        Assert.IsInRange(LeakEnds, LeakEnds + (2 * 3600), seen.Leaks[1].At);
    }

    private static async Task<Seen> RunAsync()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("smart-meter");
        var pulses = new List<double>();
        run.Devices[0].Chip.Pins.Wired += (_, wire) =>
        {
            if (wire.Pin == Pin && wire.IsHigh)
            {
                pulses.Add(run.Devices[0].Chip.Time.NowMs / 1000.0);
            }
        };
        await run.RunToAsync(Year + 3600);
        DeviceFigures figures = run.Devices[0].Figures;
        Assert.AreEqual(0, figures.Dropped);

        // Those of the starts, before the clock is set, say how long ago they were: at second 0.
        for (int i = 0; i < 200 && run.Readings(1, "water").Count < figures.Readings - figures.Outbox - Dark.Length; i++)
        {
            await Task.Delay(50);
        }

        var totals = new SortedDictionary<double, double>(run.Readings(1, "water").Where(reading => reading.Key > 0).ToDictionary());
        Assert.IsGreaterThanOrEqualTo(figures.Readings - figures.Outbox - Dark.Length - 1, totals.Count, "readings are lost");
        (double At, string Name)[] leaks = [.. run.Events(1, "rule").Select(e => (run.SecondOf(e.GetProperty("time")), e.GetProperty("event").GetString()!))];
        return new Seen(pulses, totals, leaks, run.Devices[0].Energy.RadioWakes);
    }

    private sealed record Seen(IReadOnlyList<double> Pulses, SortedDictionary<double, double> Totals, IReadOnlyList<(double At, string Name)> Leaks, long RadioWakes);
}
