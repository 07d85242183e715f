using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios;

/// <summary>Time that jumps: fast, in order, and the same for the same seed.</summary>
[TestClass]
public sealed partial class VirtualTimeTests
{
    private static readonly string[] Hard =
    [
        "--devices", "3", "--seed", "4", "--interval", "60",
        "--fault", "power=5:3@1000+30/7000", "--fault", "wifi@3600+600#2", "--fault", "broker@8000+600",
        "--fault", "latency=700@10000+3000", "--fault", "clock=300@0",
    ];

    [TestMethod]
    public async Task At_full_speed_a_day_takes_minutes_at_most_and_each_event_has_the_time_of_the_world()
    {
        // A run takes minutes at most.
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(86_400, "--interval", "600");

        DateTime[] times = [.. outcome.Of("telemetry").Select(Time)];
        Assert.IsInRange(144, 146, times.Length);
        Assert.AreEqual(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc), Time(outcome.Summary));
        for (int i = 2; i < times.Length; i++)
        {
            Assert.AreEqual(600, (times[i] - times[i - 1]).TotalSeconds, 1);
        }
    }

    [TestMethod]
    public async Task The_same_seed_gives_the_same_run_down_to_the_last_line()
    {
        NativeSimProgram.Outcome first = await NativeSimProgram.RunFastAsync(20_000, Hard);
        NativeSimProgram.Outcome second = await NativeSimProgram.RunFastAsync(20_000, Hard);

        CollectionAssert.AreEqual(World(first), World(second));
        Assert.IsGreaterThan(900, first.Figure("readings"));
    }

    public static IEnumerable<object[]> Places => Enum.GetValues<HandOverPlace>().Select(place => new object[] { place });

    // Late at one place after the other: what is late everywhere keeps its order.
    [TestMethod]
    [DynamicData(nameof(Places))]
    public async Task A_host_that_hands_something_over_late_gives_the_same_run(HandOverPlace place) =>
        AssertSame(await SleepAndWakeAsync(null), await SleepAndWakeAsync(here => here == place ? 30 : 0));

    [TestMethod]
    public async Task A_host_that_hands_everything_over_late_gives_the_same_run() =>
        AssertSame(await SleepAndWakeAsync(null), await SleepAndWakeAsync(_ => 30));

    // Several times: by chance one may be the same.
    [TestMethod]
    public async Task A_broker_that_forwards_late_between_devices_gives_the_same_run()
    {
        string[] prompt = await AskEachOtherAsync(null);
        for (int i = 0; i < 3; i++)
        {
            AssertSame(prompt, await AskEachOtherAsync(here => here == HandOverPlace.Receive ? Random.Shared.Next(40) : 0));
        }
    }

    [TestMethod]
    public async Task Another_seed_gives_other_values()
    {
        NativeSimProgram.Outcome first = await NativeSimProgram.RunFastAsync(30, "--seed", "1");
        NativeSimProgram.Outcome second = await NativeSimProgram.RunFastAsync(30, "--seed", "2");

        Assert.AreNotEqual(first.Of("telemetry").First().ToString(), second.Of("telemetry").First().ToString());
    }

    [TestMethod]
    public async Task In_real_time_the_duration_is_real()
    {
        long begin = Stopwatch.GetTimestamp();
        DateTime beginUtc = DateTime.UtcNow;

        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunAsync("--json", "--duration", "4", "--interval", "1");

        Assert.IsGreaterThanOrEqualTo(4, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        Assert.AreEqual("summary", outcome.Summary.GetProperty("type").GetString());
        Assert.IsInRange(beginUtc.AddSeconds(4), DateTime.UtcNow, Time(outcome.Summary));
    }

    [TestMethod]
    public async Task A_wrong_speed_is_refused()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunAsync("--speed", "2");

        Assert.AreEqual(2, outcome.ExitCode);
        Assert.HasCount(1, outcome.Errors);
    }

    [TestMethod]
    public async Task What_is_planned_for_a_moment_happens_then_and_before_the_devices_that_are_due()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        var seen = new List<long>();
        long at = bench.Time.NowMs + 12_345;
        bench.Scheduler.At(at, () => seen.Add(bench.Time.NowMs));

        bench.RunFor(60);

        CollectionAssert.AreEqual(new[] { at }, seen);
        Assert.AreEqual(LinkState.Online, device.State);
    }

    // The broker's port may differ; the rest is one world.
    private static string[] World(NativeSimProgram.Outcome outcome) =>
        [.. outcome.Output[1..].Select(line => BrokerPort().Replace(line, "127.0.0.1:0"))];

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex BrokerPort();

    private static DateTime Time(JsonElement line) =>
        DateTime.Parse(line.GetProperty("time").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private static void AssertSame(string[] prompt, string[] late)
    {
        int same = 0;
        while (same < prompt.Length && same < late.Length && prompt[same] == late[same])
        {
            same++;
        }

        Assert.AreEqual(prompt.ElementAtOrDefault(same), late.ElementAtOrDefault(same), $"line {same} of {prompt.Length} and {late.Length}");
        Assert.IsGreaterThan(50, prompt.Length);
    }

    // One device that sleeps between measurements, and in the middle a broker that is gone for a while.
    private static async Task<string[]> SleepAndWakeAsync(Func<HandOverPlace, int>? handOverMs)
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Time.HandOverMs = handOverMs;
        string settings = bench.Settings(""","interval":60,"power":{"mode":"deep-sleep"}""");
        SimulatedDevice device = bench.Boot(options: new DeviceOptions { Settings = settings });
        bench.Scheduler.At(300_000, () => device.Chip.Radio.BrokerReachable = false);
        bench.Scheduler.At(500_000, () => device.Chip.Radio.BrokerReachable = true);
        bench.RunFor(900);
        return Log(bench);
    }

    // Two devices, of which each acts on what the other publishes. They never measure in the same moment.
    private static async Task<string[]> AskEachOtherAsync(Func<HandOverPlace, int>? handOverMs)
    {
        await using Bench bench = await Bench.StartAsync();
        bench.Time.HandOverMs = handOverMs;
        for (int number = 1; number <= 2; number++)
        {
            string other = $"esp32-02000000000{3 - number}";
            bench.Boot(number, $$$"""
                ,"interval":{{{3 + (4 * number)}}},"rules":{"change":{"when":[{"channel":"pressure","device":"{{{other}}}","changed":true}],"then":[{"request":"{{{other}}}","method":"ping"}]}}
                """);
        }

        bench.RunFor(76);

        // In one moment of the world the broker may forward one or the other first.
        return [.. Log(bench).Order(StringComparer.Ordinal)];
    }

    private static string[] Log(Bench bench) =>
        [.. bench.Log.Select(e => $"{e.Time:O} {e.Device} {e.Type} {e.Text} {e.Reason} {e.Topic}".Replace($":{bench.Broker.Port}", string.Empty, StringComparison.Ordinal))];
}
