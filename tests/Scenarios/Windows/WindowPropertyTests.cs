using CsCheck;

namespace Scenarios.Windows;

/// <summary>Windows and medians of a whole device against a model, with sleeps, restarts and changed settings in between.</summary>
[TestClass]
public class WindowPropertyTests
{
    private const int AlarmFrom = 3000;
    private static readonly string[] Words = ["mean", "min", "max", "last", "count"];

    private static readonly Gen<string[]> Aggregates =
        Gen.Shuffle(Words).Select(Gen.Int[1, 5], (words, count) => words.Take(count).ToArray()).Where(words => words[0] != "count");

    private static readonly Gen<WindowRule> Rules = Gen.Select(
        Gen.OneOf(1, 3, 4, 12, 25),
        Aggregates,
        Gen.OneOf<int?>(null, null, 0, 100, 800),
        Gen.OneOf(0, 0, 3, 5, 9),
        (intervals, words, deadband, median) => new WindowRule(intervals, words, deadband, median));

    // A value in most steps; 1 in 30: a restart; 1 in 30: another rule.
    private static readonly Gen<Act> Acts = Gen.Select(
        Gen.Int[0, 29],
        Gen.Int[0, 9],
        Gen.OneOf(Gen.Int[1900, 2100], Gen.Int[-4000, 8500], Gen.OneOf(-4000, 8500, AlarmFrom, AlarmFrom - 1)),
        Gen.Int[0, 300],
        Rules,
        (kind, valid, value, late, rule) => new Act(kind, valid == 0 ? null : value, late, rule));

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Device_sends_what_the_model_says(bool sleeps) => Gen.Select(
        Rules, Gen.OneOf(10, 60, 300), Gen.OneOf(1, 4), Acts.Array[1, 120]).Sample(
        (rule, interval, publishEvery, acts) => Check(sleeps, sleeps ? interval : 10, publishEvery, rule, acts),
        iter: 400);

    private static bool Check(bool sleeps, int interval, int publishEvery, WindowRule first, Act[] acts)
    {
        WindowRule rule = Of(first, interval);
        var device = new WindowRig(sleeps, interval, publishEvery, "'high':30,'heartbeat':86400," + string.Join(',', Settings(rule).Select(entry => $"'{entry.Key}':{entry.Value}")));
        var model = new WindowModel(interval * 100L, AlarmFrom);
        model.Change(rule);
        foreach (Act act in acts)
        {
            model.Measure(device.Measure(act.Value, sleeps ? 0 : act.LateMs), act.Value);
            if (act.Kind == 1 && !Same(Of(act.Rule, interval), model.Rule) && device.Set(Values(Of(act.Rule, interval))))
            {
                model.Change(Of(act.Rule, interval));
            }

            device.Sleep();
            if (act.Kind == 0)
            {
                device.Restart();
                model.Restart(knowsAlarm: sleeps);
            }
        }

        // The start that publishes what waits measures, too.
        device.Restart();
        model.Restart(knowsAlarm: sleeps);
        model.Measure(device.Measure(2000, 0), 2000);
        device.Finish();
        Compare(model.Sent, device.Received);
        return true;
    }

    // Within a second of each other they may come in any order of their channels.
    private static void Compare(List<Sending> expected, List<Sending> received)
    {
        string Text(IEnumerable<Sending> sendings) => string.Join('\n', sendings.Select(sending => $"{sending.Name} {sending.Value}"));
        foreach (string name in expected.Concat(received).Select(sending => sending.Name).Distinct())
        {
            Sending[] ours = [.. expected.Where(sending => sending.Name == name)];
            Sending[] theirs = [.. received.Where(sending => sending.Name == name)];
            Assert.AreEqual(Text(ours), Text(theirs));
            for (int i = 0; i < ours.Length; i++)
            {
                Assert.AreEqual(ours[i].AtMs, theirs[i].AtMs, 1000, $"{name} {i}\n{string.Join('\n', ours.Zip(theirs))}");
            }
        }
    }

    private static WindowRule Of(WindowRule rule, int interval) => rule with { WindowMs = rule.WindowMs * interval * 1000 };

    private static bool Same(WindowRule one, WindowRule other) =>
        one with { Words = [] } == other with { Words = [] } && one.Words.SequenceEqual(other.Words);

    private static Dictionary<string, string> Settings(WindowRule rule)
    {
        var settings = new Dictionary<string, string>
        {
            ["window"] = $"{rule.WindowMs / 1000}",
            ["aggregate"] = $"'{string.Join(' ', rule.Words)}'",
            ["median"] = $"{rule.Median}",
        };
        if (rule.Deadband is { } deadband)
        {
            settings["deadband"] = FormattableString.Invariant($"{deadband / 100m}");
        }

        return settings;
    }

    private static string Values(WindowRule rule)
    {
        Dictionary<string, string> settings = Settings(rule);
        settings.TryAdd("deadband", "null");
        return "{" + string.Join(',', settings.Select(entry => $"'channels.temperature.{entry.Key}':{entry.Value}")) + "}";
    }

    internal sealed record Act(int Kind, int? Value, long LateMs, WindowRule Rule);
}
