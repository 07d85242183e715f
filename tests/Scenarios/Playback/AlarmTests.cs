using System.Text.Json;

namespace Scenarios.Playback;

/// <summary>The scenario <c>alarm</c>, as a person sees it who stands beside the siren, and reads what passes the broker.</summary>
[TestClass]
public sealed class AlarmTests
{
    private const int Panel = 1;
    private const int Keypad = 2;
    private const int SirenPin = 25;
    private const int End = 420;

    /// <summary>A contact that changes counts after 50 ms, and what it leads to passes two steps of a loop.</summary>
    private const double Soon = 0.2;

    [TestMethod]
    public async Task Siren_sounds_for_each_intruder_while_armed_and_for_the_panic_button_and_at_no_other_time()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("alarm");
        await run.RunToAsync(End);

        // The back door, motion until the key is turned, the button, the front door while the broker is gone.
        (double On, double Off)[] expected = [(90, 90 + 60), (170, 185), (200, 200 + 15), (280, 280 + 60)];
        IReadOnlyList<(double At, bool IsHigh)> siren = [.. run.Levels(Panel, SirenPin).SkipWhile(level => !level.IsHigh)];
        string seen = string.Join(' ', siren.Select(level => $"{level.At}:{level.IsHigh}"));
        Assert.HasCount(2 * expected.Length, siren, seen);
        for (int i = 0; i < expected.Length; i++)
        {
            AssertSoon(expected[i].On, siren[2 * i], true, seen);
            AssertSoon(expected[i].Off, siren[(2 * i) + 1], false, seen);
        }

        static void AssertSoon(double at, (double At, bool IsHigh) level, bool isHigh, string seen) =>
            Assert.IsTrue(level.IsHigh == isHigh && level.At >= at && level.At <= at + Soon, $"{isHigh} at {at} s: {seen}");
    }

    [TestMethod]
    public async Task Each_intruder_is_reported_with_its_cause_also_the_one_of_the_outage()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("alarm");
        await run.RunToAsync(End);

        JsonElement[] intruders = [.. run.Events(Panel, "rule").Where(e => e.TryGetProperty("event", out JsonElement name) && name.GetString() == "intruder")];
        string[] causes = ["back", "motion", "front"];
        double[] times = [90, 170, 280];
        Assert.HasCount(causes.Length, intruders);
        for (int i = 0; i < causes.Length; i++)
        {
            Assert.Contains($"channel {causes[i]}, is true", intruders[i].GetProperty("reason").GetString()!);
            Assert.IsInRange(times[i], times[i] + 1.5, run.SecondOf(intruders[i].GetProperty("time")));
        }

        // Each door that opens and closes, and the motion: 5 times two changes; of the keypad 4 turns and 2 of the button.
        Assert.HasCount(10, run.Events(Panel, "input"));
        Assert.HasCount(6, run.Events(Keypad, "input"));
    }

    [TestMethod]
    public async Task Panic_button_asks_the_other_device_and_gets_the_answer()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("alarm");
        await run.RunToAsync(250);

        JsonElement asked = run.Events(Keypad, "rule-request").Single();
        Assert.AreEqual("help done", $"{asked.GetProperty("rule")} {asked.GetProperty("state")}");
        Assert.IsTrue(asked.GetProperty("result").GetProperty("on").GetBoolean());
        Assert.AreEqual("request", run.Events(Panel, "actuator").Single(e => run.SecondOf(e.GetProperty("time")) is >= 200 and < 202).GetProperty("reason").GetString());
    }
}
