using System.Text.Json;

namespace Scenarios.Playback;

/// <summary>The scenario <c>vending</c>, as a person sees it who stands at the machine, and reads what passes the broker.</summary>
[TestClass]
public sealed class VendingTests
{
    private const int CoolerPin = 25;
    private const int SalePin = 26;
    private const int End = 1500;
    private const double Interval = 10;

    /// <summary>When something was sold, and how much.</summary>
    private static readonly (double At, int Count)[] Sold = [(40, 3), (100, 1), (165, 4), (230, 2), (400, 5), (1250, 1), (1310, 6)];

    /// <summary>The door is open, the second time for too long; the power is away.</summary>
    private static readonly (double From, double To) Filling = (300, 320);
    private static readonly (double From, double To) Open = (600, 1000);
    private static readonly (double From, double To) Dark = (500, 520);

    [TestMethod]
    public async Task Stock_is_counted_to_the_piece_and_never_goes_back_over_the_power_cut()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("vending");
        await run.RunToAsync(End);

        (double At, double Total)[] totals = [.. run.Readings(1, "sold").Select(reading => (reading.Key, reading.Value))];
        Assert.IsGreaterThan(100, totals.Length);
        foreach ((double at, double total) in totals)
        {
            // A total is on flash before it is published, and written once a minute at most.
            Assert.IsInRange(Sold.Where(sale => sale.At < at - 60 - Interval).Sum(sale => sale.Count), Sold.Where(sale => sale.At < at + 0.5).Sum(sale => sale.Count), total, $"at {at} s");
        }

        Assert.IsTrue(totals.Zip(totals.Skip(1)).All(pair => pair.Second.Total >= pair.First.Total), "the total goes back");
        Assert.AreEqual(Sold.Sum(sale => sale.Count), totals[^1].Total);

        JsonElement refill = run.Events(1, "rule").Single(e => Name(e) == "refill");
        Assert.IsInRange(230, 230 + 60 + (2 * Interval), run.SecondOf(refill.GetProperty("time")));
    }

    [TestMethod]
    public async Task Nothing_is_sold_once_it_was_warm_for_too_long_until_it_is_cold_again()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("vending");
        await run.RunToAsync(End);
        double[] times = [.. run.Readings(1, "temperature").Keys];
        Assert.IsTrue(times.Zip(times.Skip(1)).All(pair => pair.Second - pair.First < Interval + 1 || (pair.First < Dark.From && pair.Second < Dark.To + (2 * Interval))), "a reading is missing: " + string.Join(' ', times));

        // The observer's own judgement, on the readings as they arrived.
        double? since = null;
        bool isBlocked = false;
        int blocked = 0;
        foreach ((double at, double value) in run.Readings(1, "temperature").Where(reading => reading.Key < Dark.From || reading.Key > Dark.To + Interval))
        {
            bool isWarm = value > 8 || (since is not null && value > 7);
            since = isWarm ? since ?? at : null;
            bool isLong = since is { } begun && at - begun >= 30 - 0.1;

            // In between it becomes due between two readings.
            if (isLong == isBlocked)
            {
                Assert.AreEqual(!isBlocked, run.IsHighAt(1, SalePin, at + 1), $"{value} at {at} s");
            }

            isBlocked = isLong;
            blocked += isBlocked ? 1 : 0;
        }

        Assert.IsGreaterThan(10, blocked);
        Assert.AreEqual("too-warm cold-again", string.Join(' ', run.Events(1, "rule").Select(Name).Where(name => name is "too-warm" or "cold-again")));
        Assert.IsTrue(run.Levels(1, SalePin).Any(level => !level.IsHigh && level.At is >= 500 and < 501), "the power cut is not seen");
    }

    [TestMethod]
    public async Task Cooler_stands_still_while_the_door_is_open_for_long_and_pauses_for_its_minimum_time()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("vending");
        await run.RunToAsync(End);

        JsonElement open = run.Events(1, "rule").Single(e => Name(e) == "door-open");
        Assert.IsInRange(Open.From + 30, Open.From + 31.5, run.SecondOf(open.GetProperty("time")));
        Assert.IsFalse(run.IsHighAt(1, CoolerPin, Open.From + 30.5));
        Assert.IsTrue(run.Levels(1, CoolerPin).All(level => !level.IsHigh || level.At < Open.From + 30 || level.At > Open.To), "cools with an open door");
        Assert.IsTrue(run.Levels(1, CoolerPin).Any(level => level.IsHigh && level.At >= Open.To && level.At <= Open.To + 1), "does not cool when the door is shut");

        // It did cool before: the short time for filling is no reason.
        Assert.IsTrue(run.Levels(1, CoolerPin).Any(level => level.IsHigh && level.At < Filling.From));
        IReadOnlyList<(double At, bool IsHigh)> cooler = run.Levels(1, CoolerPin);
        double[] pauses = [.. cooler.Zip(cooler.Skip(1)).Where(pair => pair.Second.IsHigh).Select(pair => pair.Second.At - pair.First.At)];
        Assert.IsGreaterThan(2, pauses.Length);
        
        // The limit decides, not the temperature.
        Assert.IsInRange(150, 165, pauses.Min());
        foreach ((double at, double value) in run.Readings(1, "temperature"))
        {
            Assert.IsTrue(value is > 1.5 and < 8 || (at > Open.From && at < Open.To + 240), $"{value} at {at} s");
        }
    }

    private static string? Name(JsonElement e) => e.TryGetProperty("event", out JsonElement name) ? name.GetString() : null;
}
