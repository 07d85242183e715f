using System.Globalization;
using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Client.Telemetry;
using Scenarios.Harness;
using Scenarios.Power;

namespace Scenarios.Rules;

/// <summary>
/// A month of a device that sleeps and switches by rules, without broker, Wi-Fi or power now and then. An observer has what arrives
/// at the broker and the levels of two pins; the model has the readings that arrived. One run serves all tests.
/// </summary>
[TestClass]
public sealed class MonthOfRulesTests
{
    private const int Days = 30;
    private const int HeaterPin = 25;
    private const int FanPin = 26;
    private const long HourMs = 3_600_000;
    private const int Cuts = 5;

    /// <summary>After failed attempts each 32nd wake tries.</summary>
    private const long MostBackoffMs = 32 * Sleeper.Interval * 1000;
    private const string Report = ",\"then\":[{\"event\":\"moved\"}]";

    private static readonly Lazy<Task<Month>> Lived = new(RunAsync);

    // New ones each time: a model keeps its state.
    private static (string Name, RuleModel Rule)[] Rules() =>
    [
        ("heat", new RuleModel
        {
            When = [new ConditionModel { Channel = "temperature", Below = 20m, Hysteresis = 0.7m }],
            And = [],
            Levels = [100, 0, null],
            Outputs = ["heater", "heater", "heater"],
        }),
        ("damp", new RuleModel
        {
            When = [new ConditionModel { Channel = "humidity", Above = 50m, Hysteresis = 1m, For = 750 }],
            And = [new ConditionModel { Channel = "temperature", Above = 19m }],
            Levels = [100, 0, null],
            Outputs = ["fan", "fan", "fan"],
        }),
        ("moved", new RuleModel
        {
            When = [new ConditionModel { Channel = "pressure", Moves = "changed", Amount = 150m }],
            And = [],
            Levels = [null, null, null],
            Outputs = ["fan", "fan", "fan"],
        }),
    ];

    [TestMethod]
    public async Task No_reading_is_lost()
    {
        Month month = await Lived.Value;
        Assert.AreEqual(0, month.Dropped);
        Assert.AreEqual(month.Taken, month.Readings.Count);
        Assert.IsGreaterThan((Days * 288) - (Cuts * 2), month.Readings.Count);
        Assert.HasCount(month.Readings.Count, month.Wakes);
    }

    [TestMethod]
    public async Task Outputs_are_in_each_wake_as_the_model_has_them()
    {
        Month month = await Lived.Value;
        int switches = 0;
        foreach ((Wake wake, Dictionary<string, bool> expected) in month.Wakes.Zip(Play(month, [])))
        {
            Assert.AreEqual(expected["heater"], wake.Heater, $"heater at {wake.AtMs} ms");
            Assert.AreEqual(expected["fan"], wake.Fan, $"fan at {wake.AtMs} ms");

            // From the safe state to the wanted one, and not back and forth.
            Assert.IsLessThanOrEqualTo(2, wake.Changes);
            switches += wake.Heater ? 1 : 0;
        }

        Assert.IsGreaterThan(500, switches);
        Assert.IsTrue(month.Wakes.Any(wake => wake.Fan) && month.Wakes.Any(wake => !wake.Fan && !wake.Heater));
    }

    /// <summary>An output that is on in each wake is no news in each: a report of readings an hour, one for each change, and what outages and cuts add.</summary>
    [TestMethod]
    public async Task Radio_is_used_for_reports_and_changes_only()
    {
        Month month = await Lived.Value;
        var expected = new List<(double At, string Text)>();
        int changes = 0;
        Dictionary<string, bool>? before = null;
        foreach (Dictionary<string, bool> outputs in Play(month, expected))
        {
            changes += before is not null && (outputs["heater"] != before["heater"] || outputs["fan"] != before["fan"]) ? 1 : 0;
            before = outputs;
        }

        int reports = expected.Select(firing => firing.At).Distinct().Count();
        Assert.IsLessThanOrEqualTo((Days * 24) + Math.Max(changes, reports) + (20 * Cuts), month.RadioWakes);
    }

    /// <summary>At most 8 events wait: what is decided in an outage is at the pins, but not in each report.</summary>
    [TestMethod]
    public async Task Each_firing_is_reported_once_and_none_is_made_up_while_there_is_a_broker()
    {
        Month month = await Lived.Value;
        var expected = new List<(double At, string Text)>();
        _ = Play(month, expected).Count();
        string[] seen = [.. month.Firings.Where(firing => firing.Text != "moved inactive" && !IsBlind(firing.At)).Select(firing => firing.Text)];
        string[] wanted = [.. expected.Where(firing => !IsBlind(firing.At)).Select(firing => firing.Text)];
        Assert.IsGreaterThan(250, wanted.Length);
        Assert.AreEqual(string.Join(", ", wanted), string.Join(", ", seen));

        // Without a time: in the first wake, or after a loss of power before the network is back.
        bool IsBlind(double at) => at < 60 || month.Outages.Any(outage => at * 1000 > outage.From && at * 1000 < outage.To + MostBackoffMs);
    }

    // The states of the rules after each reading; a power cut lets them begin again.
    private static IEnumerable<Dictionary<string, bool>> Play(Month month, List<(double At, string Text)> firings)
    {
        (string Name, RuleModel Rule)[] rules = Rules();
        int[] states = new int[rules.Length];
        for (int i = 0; i < month.Wakes.Count; i++)
        {
            if (month.Wakes[i].IsPowerOn)
            {
                rules = Rules();
                states = new int[rules.Length];
            }

            var outputs = new Dictionary<string, bool>();
            for (int r = 0; r < rules.Length; r++)
            {
                RuleModel rule = rules[r].Rule;
                rule.Evaluate(channel => month.Readings[i].GetValueOrDefault(channel), month.Wakes[i].AtMs);
                if (rule.State != states[r] && (states[r] != 0 || rule.State == 2) && !(rules[r].Name == "moved" && rule.State == 1))
                {
                    firings.Add((month.Wakes[i].AtMs / 1000.0, $"{rules[r].Name} {(rule.State == 2 ? "active" : "inactive")}"));
                }

                states[r] = rule.State;
                if (rule.Wish is (string output, int level))
                {
                    outputs.TryAdd(output, level > 0);
                }
            }

            yield return outputs;
        }
    }

    private static async Task<Month> RunAsync()
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        await using Bench bench = await Bench.StartAsync();
        string rules = string.Join(',', Rules().Select(rule => $"\"{rule.Name}\":{rule.Rule.Json[..^1]},\"pause\":1{(rule.Rule.Levels[0] is null ? Report : string.Empty)}}}"));
        string more = $$$""","actuators":{"heater":{"pin":{{{HeaterPin}}}},"fan":{"pin":{{{FanPin}}}}},"rules":{{{{rules}}}}""";
        var wakes = new List<Wake>();
        Sleeper sleeper = Sleeper.Boot(bench, 1, ""","publishEvery":12""", more, options: new DeviceOptions { Seed = 11, SleepDriftPpm = 5_000, BatteryMah = 2000 });
        SimulatedDevice device = sleeper.Device;
        bool isCut = true;
        if (device.Chip.Pins.LevelOf(HeaterPin) is not null)
        {
            Note(new PinChange(0, HeaterPin, false));
        }

        device.Chip.Pins.Changed += (_, change) => Note(change);
        List<(long From, long To)> outages = Plan(bench, device, () => isCut = true);
        bench.RunFor(Days * 86_400);
        bench.Scheduler.RunUntil(() => device.Figures.Outbox == 0 && sleeper.IsAsleep, 2 * HourMs);

        bench.WaitFor(() => Readings(bench, device).Count >= device.Figures.Readings, $"{device.Figures.Readings} readings were taken, {Readings(bench, device).Count} arrived");
        double start = new DateTimeOffset(bench.Time.StartUtc).ToUnixTimeSeconds();
        (double At, string Text)[] firings =
        [
            .. bench.Events(device, "rule").Select(e => (
                e.Json.TryGetProperty("time", out JsonElement time) ? time.GetDouble() - start : -1,
                $"{e.Json.GetProperty("rule").GetString()} {e.Json.GetProperty("state").GetString()}")),
        ];
        double cpu = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a month of rules and sleep: {cpu:0.0} s of computing, {wakes.Count} wakes, {device.Energy.RadioWakes} with radio, {firings.Length} firings reported, heater on in {wakes.Count(w => w.Heater)}, fan in {wakes.Count(w => w.Fan)}"));
        Assert.IsLessThan(60, cpu);
        Assert.IsFalse(bench.Events(device, "settings-fault").Any());
        return new Month(device.Energy.RadioWakes, device.Figures.Readings, device.Figures.Dropped, Readings(bench, device), wakes, firings, outages);

        void Note(PinChange change)
        {
            if (change.Pin is not (HeaterPin or FanPin) || change.IsHigh is not { } isHigh)
            {
                return;
            }

            // The pins float in a sleep, so that the first level of the heater is the beginning of a wake.
            if (change.Pin == HeaterPin && !isHigh && (wakes.Count == 0 || change.AtMs - wakes[^1].AtMs > 2_000))
            {
                wakes.Add(new Wake(change.AtMs, isCut));
                isCut = false;
            }

            Wake wake = wakes[^1];
            wake.Changes += change.Pin == HeaterPin ? 1 : 0;
            wake.Heater = change.Pin == HeaterPin ? isHigh : wake.Heater;
            wake.Fan = change.Pin == FanPin ? isHigh : wake.Fan;
        }
    }

    // Hours without broker or Wi-Fi in each week, and a loss of power in each, while the device sleeps.
    private static List<(long From, long To)> Plan(Bench bench, SimulatedDevice device, Action cut)
    {
        var random = new Random(11);
        var outages = new List<(long From, long To)>();
        for (int week = 0; week < Cuts; week++)
        {
            long from = (week * 7 * 24 * HourMs) + random.NextInt64(HourMs, 24 * HourMs);
            bench.Scheduler.At(from, () => device.Chip.Radio.BrokerReachable = false);
            bench.Scheduler.At(from + (7 * HourMs), () => device.Chip.Radio.BrokerReachable = true);
            bench.Scheduler.At(from + (20 * HourMs), () => device.Chip.Radio.InRange = false);
            bench.Scheduler.At(from + (25 * HourMs), () => device.Chip.Radio.InRange = true);
            bench.Scheduler.At(from + (22 * HourMs), Cut);
            outages.Add((from, from + (7 * HourMs)));
            outages.Add((from + (20 * HourMs), from + (25 * HourMs)));
        }

        return outages;

        void Cut()
        {
            if (device.Chip.Stop != ChipStop.DeepSleep)
            {
                bench.Scheduler.At(bench.Time.NowMs + 10_000, Cut);
                return;
            }

            cut();
            device.PowerBackAfterMs = 5_000;
            device.CutPower();
        }
    }

    // In the order of the numbers of the packs: a reading that was sent twice counts once.
    private static List<Dictionary<string, decimal?>> Readings(Bench bench, SimulatedDevice device)
    {
        var packs = new SortedDictionary<long, IReadOnlyList<Reading>>();
        foreach (Received message in bench.Telemetry(device))
        {
            TelemetryMessage pack = TelemetryMessage.Read(message.Json)!;
            packs.TryAdd((long)pack.Sequence!.Value, pack.Readings);
        }

        var readings = new List<Dictionary<string, decimal?>>();
        foreach (Reading reading in packs.Values.SelectMany(pack => pack))
        {
            if (reading.Name == "temperature")
            {
                readings.Add([]);
            }

            readings[^1][reading.Name] = reading.Value.GetDecimal();
        }

        return readings;
    }

    private sealed record Wake(long AtMs, bool IsPowerOn)
    {
        public bool Heater { get; set; }

        public bool Fan { get; set; }

        public int Changes { get; set; }
    }

    private sealed record Month(long RadioWakes, long Taken, long Dropped, IReadOnlyList<Dictionary<string, decimal?>> Readings, IReadOnlyList<Wake> Wakes, IReadOnlyList<(double At, string Text)> Firings, IReadOnlyList<(long From, long To)> Outages);
}
