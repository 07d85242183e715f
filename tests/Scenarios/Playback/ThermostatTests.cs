using System.Text.Json;

namespace Scenarios.Playback;

/// <summary>The scenario <c>thermostat</c>, as a person sees it who reads what passes the broker and looks at the heater.</summary>
[TestClass]
public sealed class ThermostatTests
{
    private const int Sensor = 1;
    private const int Heater = 2;
    private const int HeaterPin = 25;
    private const double Interval = 5;
    private const double MaxAge = 30;
    private const double Killed = 240;
    private const double Started = 300;

    /// <summary>Pauses between attempts to connect are at most 16 s and 4 s; then a reading.</summary>
    private const double Back = Started + 16 + (2 * Interval);

    [TestMethod]
    public async Task Heater_follows_the_temperature_of_the_other_device()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("thermostat");
        await run.RunToAsync(600);
        run.AssertNothingIsLost(Sensor, "temperature");

        // The observer's own thermostat, on the readings as they arrived.
        bool isOn = false;
        int switches = 0;
        foreach ((double at, double value) in run.Readings(Sensor, "temperature"))
        {
            bool shouldBeOn = value < 19.5 || (isOn && value < 20.5);
            bool isBlind = at + Interval > Killed && at < Back;
            if (!isBlind)
            {
                Assert.AreEqual(shouldBeOn, run.IsHighAt(Heater, HeaterPin, at + 1), $"{value} at {at} s");
                switches += shouldBeOn != isOn ? 1 : 0;
            }

            // What it knew is forgotten meanwhile.
            isOn = shouldBeOn && !(isBlind && at < Started);
        }

        Assert.IsGreaterThan(5, switches);
    }

    [TestMethod]
    public async Task Heater_is_off_while_the_broker_is_gone_for_longer_than_a_value_lives()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("thermostat");
        await run.RunToAsync((int)Killed - 1);
        await run.RunToAsync(400);

        (double At, bool IsHigh)[] meanwhile = [.. run.Levels(Heater, HeaterPin).Where(level => level.At is > Killed and < Back)];
        Assert.IsTrue(run.IsHighAt(Heater, HeaterPin, Killed), "the heater is off when the broker is killed: nothing is shown");
        Assert.IsFalse(meanwhile[0].IsHigh);
        Assert.IsGreaterThan(Killed + MaxAge - Interval - 1, meanwhile[0].At);
        Assert.IsLessThan(Killed + MaxAge + 1, meanwhile[0].At);
        Assert.IsTrue(meanwhile[1].IsHigh, "the heater does not come back");
        Assert.IsGreaterThan(Started, meanwhile[1].At);

        // The report of the stale state was kept until a broker could take it.
        JsonElement[] reports = [.. run.Events(Heater, "rule")];
        CollectionAssert.IsSubsetOf(new[] { "active", "inactive", "stale" }, reports.Select(e => e.GetProperty("state").GetString()).ToArray());
        JsonElement stale = reports.Single(e => e.GetProperty("state").GetString() == "stale");
        Assert.AreEqual("no-temperature", stale.GetProperty("event").GetString());
    }

    [TestMethod]
    public async Task Readings_of_the_outage_arrive_afterwards()
    {
        await using ScenarioRun run = await ScenarioRun.StartAsync("thermostat");
        await run.RunToAsync(400);
        run.AssertNothingIsLost(Sensor, "temperature");

        double[] times = [.. run.Readings(Sensor, "temperature").Keys];
        Assert.IsTrue(times.Zip(times.Skip(1)).All(pair => pair.Second - pair.First < Interval + 1), "a reading is missing: " + string.Join(' ', times));
    }
}
