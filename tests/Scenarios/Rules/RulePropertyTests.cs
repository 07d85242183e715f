using System.Text;
using CsCheck;
using Firmware.Actuation;
using Firmware.Platform;
using Firmware.Rules;
using Firmware.Sensing;
using Firmware.Settings;

namespace Scenarios.Rules;

/// <summary>What holds of the rules for every set of rules and every sequence of values, against a model that is evaluated in full each time.</summary>
[TestClass]
public class RulePropertyTests
{
    /// <summary>Milliseconds that pass; a temperature in steps of half a degree, above 40 for none; the same for the contact.</summary>
    private static readonly Gen<(int Pause, int Temperature, int Door)[]> AnySteps =
        Gen.Select(Gen.Frequency((3, Gen.Int[0, 9_000]), (1, Gen.Int[10_000, 90_000])), Gen.Int[28, 42], Gen.Int[0, 2]).Array[1, 60];

    [TestMethod]
    public void Engine_agrees_with_the_model_in_each_round() =>
        Gen.Select(Gen.Int[1, int.MaxValue], AnySteps).Sample((seed, steps) => Play(seed, steps, withMoves: true), iter: 5_000);

    [TestMethod]
    public void Engine_agrees_with_the_model_at_each_moment() =>
        Gen.Select(Gen.Int[1, int.MaxValue], AnySteps).Sample((seed, steps) => Play(seed, steps, withMoves: false), iter: 2_000);

    [TestMethod]
    public void Hysteresis_never_chatters() =>
        Gen.Select(Gen.Int[-100, 100], Gen.Int[1, 40], Gen.Int[-300, 300].Array[1, 200]).Sample((limit, hysteresis, values) =>
        {
            var rig = new Rig($"{{\"r\":{{\"when\":[{{\"channel\":\"t\",\"below\":{limit},\"hysteresis\":{hysteresis}}}],\"then\":[{{\"output\":\"a\",\"on\":true}}],\"else\":[{{\"output\":\"a\",\"on\":false}}]}}}}");
            bool isOn = false;
            foreach (int value in values)
            {
                rig.Temperature.Value = value * 10;
                rig.Temperature.IsValid = true;
                rig.Round();
                bool isNow = rig.Engine.StateOf(0) == RuleEngine.Active;
                Assert.IsTrue(isNow == isOn || (isNow ? value < limit : value >= limit + hysteresis), $"{value} switched to {isNow}");
                isOn = isNow;
            }
        });

    private static void Play(int seed, (int Pause, int Temperature, int Door)[] steps, bool withMoves)
    {
        var random = new Random(seed);
        RuleModel[] models = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => AnyRule(random, withMoves))];
        string json = "{" + string.Join(',', models.Select((model, i) => $"\"r{i}\":{model.Json}")) + "}";
        var rig = new Rig(json);
        rig.Round();
        Compare(rig, models, json);
        foreach ((int pause, int temperature, int door) in steps)
        {
            long end = rig.Clock.Uptime + pause;
            while (rig.Clock.Uptime < end)
            {
                // Between the readings: when the engine wants to, and besides each 100 ms to see whether it should have.
                long next = Math.Min(end, rig.Engine.DueAt);
                next = withMoves ? next : Math.Min(next, (rig.Clock.Uptime / 100 * 100) + 100);
                rig.Clock.Uptime = Math.Max(next, rig.Clock.Uptime);
                bool isDue = rig.Engine.DueAt <= rig.Clock.Uptime;
                if (isDue)
                {
                    rig.Round();
                }

                if (isDue || !withMoves)
                {
                    Compare(rig, models, json);
                }
                else
                {
                    break;
                }
            }

            rig.Clock.Uptime = end;
            rig.Temperature.IsValid = temperature <= 40;
            rig.Temperature.Value = temperature * 5;
            rig.Door.IsValid = door < 2;
            rig.Door.Value = door & 1;
            rig.Round();
            Compare(rig, models, json);
        }
    }

    private static void Compare(Rig rig, RuleModel[] models, string json)
    {
        var wishes = new Dictionary<string, int>();
        for (int i = 0; i < models.Length; i++)
        {
            models[i].Evaluate(channel => (channel == "t" ? rig.Temperature : rig.Door) is { IsValid: true } c ? (channel == "t" ? c.Value / 10m : c.Value) : null, rig.Clock.Uptime);
            if (!rig.Engine.IsSuspended(i))
            {
                Assert.AreEqual(models[i].State, rig.Engine.StateOf(i), $"rule {i} at {rig.Clock.Uptime} of {json}");
            }

            if (models[i].Wish is (string output, int level) && !rig.Engine.IsSuspended(i))
            {
                wishes.TryAdd(output, level);
            }
        }

        // A suspended rule wants what is for stale: not modeled, nor what it leaves to others.
        if (Enumerable.Range(0, models.Length).Any(rig.Engine.IsSuspended))
        {
            return;
        }

        foreach ((string output, int level) in wishes)
        {
            Assert.AreEqual(level, rig.Outputs.Levels[output], $"{output} at {rig.Clock.Uptime} of {json}");
        }
    }

    private static RuleModel AnyRule(Random random, bool withMoves) => new()
    {
        When = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyCondition(random, withMoves))],
        And = [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => AnyCondition(random, withMoves))],
        Any = random.Next(3) == 0,
        Levels = [random.Next(1, 101), random.Next(2) == 0 ? 0 : null, random.Next(3) == 0 ? random.Next(0, 101) : null],
        Outputs = [.. Enumerable.Range(0, 3).Select(_ => random.Next(2) == 0 ? "a" : "b")],
    };

    private static ConditionModel AnyCondition(Random random, bool withMoves)
    {
        string? moves = withMoves && random.Next(4) == 0 ? new[] { "rising", "falling", "changed" }[random.Next(3)] : null;
        int duration = moves == null && random.Next(3) == 0 ? random.Next(1, 30) : 0;
        if (random.Next(3) == 0)
        {
            return new ConditionModel { Channel = "d", Is = moves == null ? random.Next(2) == 0 : null, Moves = moves, Amount = 1, For = duration };
        }

        decimal limit = random.Next(28, 41) / 2m;
        int kind = random.Next(3);
        return new ConditionModel
        {
            Above = kind != 1 ? limit : null,
            Below = kind != 0 ? limit + (kind == 1 ? 0 : random.Next(1, 6) / 2m) : null,
            Hysteresis = random.Next(2) == 0 ? random.Next(1, 5) / 2m : 0,
            Moves = moves,
            Amount = random.Next(1, 5) / 2m,
            For = duration,
        };
    }

    private sealed class Rig
    {
        private static readonly ChannelRule[] NoRules = [];

        public Rig(string rules)
        {
            var group = new RuleSettings();
            var reader = new SettingsReader(new SettingsCatalog(group));
            DeviceSettings settings = reader.Read(Encoding.UTF8.GetBytes("{\"rules\":" + rules + "}"));
            Assert.AreEqual(0, reader.Faults.Count, reader.Faults.Count == 0 ? "" : ((SettingsFault)reader.Faults[0]!).Path + " " + ((SettingsFault)reader.Faults[0]!).Reason + rules);
            Engine = new RuleEngine(Clock, Outputs) { Zone = LocalTime.Parse("UTC0") };
            Engine.Use((object[])settings.Value(group, RuleSettings.Rules));
        }

        public StoppedClock Clock { get; } = new();

        public Recorder Outputs { get; } = new();

        /// <summary>In tenths.</summary>
        public Channel Temperature { get; } = new("t", new Measurand("t", "Cel", 1, int.MinValue, int.MaxValue), ChannelRule.Of(NoRules, "t"));

        public Channel Door { get; } = new("d", new Measurand("d", "", 255, 0, 1), ChannelRule.Of(NoRules, "d"));

        public RuleEngine Engine { get; }

        public void Round() => Engine.Round(_channels ??= [Temperature, Door], Clock.Uptime);

        private Channel[]? _channels;
    }

    private sealed class StoppedClock : IClock
    {
        public long Uptime { get; set; }

        public bool IsSynchronized => false;

        public long UtcSeconds => 0;

        public long UtcMilliseconds => 0;

        public long SynchronizedAt => -1;

        public long AnsweredAt => -1;

        public long Answer => 0;

        public void AskTime(string[] servers)
        {
        }

        public void SetUtc(long utcMilliseconds, bool isAnswer)
        {
        }

        public void Wait(int milliseconds)
        {
        }

        public void Wake()
        {
        }
    }

    private sealed class Recorder : IOutputs
    {
        private static readonly string[] Names = ["a", "b"];

        public Dictionary<string, int> Levels { get; } = new() { ["a"] = -1, ["b"] = -1 };

        public int Count => Names.Length;

        public int IndexOf(string name) => Array.IndexOf(Names, name);

        public string NameOf(int output) => Names[output];

        public bool HasLevels(int output) => true;

        public int LevelOf(int output) => Levels[Names[output]];

        public string? Drive(int output, int level, int milliseconds, string cause)
        {
            Levels[Names[output]] = level;
            return null;
        }

        public bool HasFailed(int output) => false;

        public void Release(int output, string cause) => Levels[Names[output]] = 0;
    }
}
