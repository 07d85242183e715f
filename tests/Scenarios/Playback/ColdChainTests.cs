using System.Text.Json;

namespace Scenarios.Playback;

/// <summary>The scenario <c>cold-chain</c>, as a person sees it who reads what passes the broker. One run serves all tests.</summary>
[TestClass]
public sealed class ColdChainTests
{
    private const int Interval = 300;
    private const int Week = 7 * 86_400;
    private const int PublishEvery = 72 * Interval;
    private const double TooWarm = 388_800 + (4 / 0.2 * 60);
    private const double ColdAgain = 396_000 + (4 / 0.2 * 60);

    private static readonly Lazy<Task<Seen>> Run = new(RunAsync);

    [TestMethod]
    public async Task Alarm_arrives_within_one_interval()
    {
        Seen seen = await Run.Value;
        Assert.AreEqual("too-warm cold-again", string.Join(' ', seen.Alarms.Select(alarm => alarm.Name)));
        AssertSoon(TooWarm, seen.Alarms[0].At);
        AssertSoon(ColdAgain, seen.Alarms[1].At);

        // The wake begins in the interval; joining the network and sending take some seconds more.
        static void AssertSoon(double since, double at) => Assert.IsTrue(at > since && at <= since + Interval + 10, $"{since} s: alarm at {at} s");
    }

    [TestMethod]
    public async Task Radio_is_off_between_the_packs_of_a_quarter_of_a_day_and_the_alarms()
    {
        Seen seen = await Run.Value;
        double[] alarms = [.. seen.Alarms.Select(alarm => alarm.At)];
        double[] others = [.. seen.Sleeping.Except(alarms)];
        Assert.IsGreaterThan(25, others.Length);

        // The first time it connects as it starts, and sleeps to the next of the wakes that are counted.
        double[] pauses = [.. others.Zip(others.Skip(1)).Select(pair => pair.Second - pair.First)];
        Assert.IsTrue(pauses.All(pause => pause > PublishEvery - Interval), string.Join(' ', pauses));
    }

    [TestMethod]
    public async Task Each_interval_of_the_week_has_its_reading()
    {
        Seen seen = await Run.Value;
        double[] times = [.. seen.Temperatures.Keys];
        Assert.IsGreaterThan(Week - PublishEvery - Interval, times[^1]);
        Assert.IsTrue(times.Zip(times.Skip(1)).All(pair => pair.Second - pair.First < Interval * 1.2), "a reading is missing: " + string.Join(' ', times.Zip(times.Skip(1)).Where(pair => pair.Second - pair.First >= Interval * 1.2)));
        Assert.IsTrue(seen.Temperatures.All(reading => Math.Abs(reading.Value - AirAt(reading.Key)) < 0.1), "a reading is wrong");
    }

    private static double AirAt(double second) => second switch
    {
        < 388_800 => 4,
        < 396_000 => Math.Min(11, 4 + ((second - 388_800) / 60 * 0.2)),
        _ => Math.Max(4, 11 - ((second - 396_000) / 60 * 0.2)),
    };

    private static async Task<Seen> RunAsync()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("cold-chain");
        await run.RunToAsync(Week + 300);
        run.AssertNothingIsLost(1, "temperature");

        // What arrives between two reports of "sleeping" was sent with the radio on just before the second, whose time is set by a server.
        var alarms = new List<(double At, string Name)>();
        var sleeping = new List<double>();
        var open = new List<string>();
        foreach (JsonElement message in run.Messages(1))
        {
            if (message.TryGetProperty("event", out JsonElement name))
            {
                open.Add(name.GetString()!);
            }
            else if (message.TryGetProperty("state", out JsonElement state) && state.GetString() == "sleeping")
            {
                sleeping.Add(run.SecondOf(message.GetProperty("time")));
                alarms.AddRange(open.Select(alarm => (sleeping[^1], alarm)));
                open.Clear();
            }
        }

        return new Seen(alarms, sleeping, run.Readings(1, "temperature"));
    }

    private sealed record Seen(IReadOnlyList<(double At, string Name)> Alarms, IReadOnlyList<double> Sleeping, SortedDictionary<double, double> Temperatures);
}
