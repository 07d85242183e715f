using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Client.Telemetry;
using Scenarios.Harness;
using Scenarios.Power;

namespace Scenarios.Windows;

/// <summary>
/// A device on native-sim sleeps through a virtual week, with a sleep clock that is 2 % off. It has two sensors whose ADCs
/// give the same: it sends each value of one, and of the other the aggregates of an hour.
/// </summary>
[TestClass]
public sealed class WindowWeekTests
{
    private const long WeekMs = 7 * 86_400_000L;
    private const double EarliestSeconds = 10;
    private const string Hour = ""","channels":{"temperature":{"window":3600,"aggregate":"mean min max last count"}}""";

    [TestMethod]
    public async Task Aggregates_of_a_week_of_sleeps_are_those_of_the_values_measured()
    {
        await using Bench bench = await Bench.StartAsync();
        var options = new DeviceOptions
        {
            Seed = 5,
            SleepDriftPpm = 20_000,
            BatteryMah = 2000,
            Sensors = [(SensorModel.Bme280, 0x76), (SensorModel.Bme280, 0x77)],
        };
        Sleeper sleeper = Sleeper.Boot(bench, 1, ""","publishEvery":12""", Hour, options: options);
        var random = new Random(13);
        while (bench.Time.NowMs < WeekMs)
        {
            // 10 to 40 Cel, in steps that no deadband would see, and jumps.
            var raw = new SensorRaw(480_000 + random.Next(random.Next(2) == 0 ? 50 : 90_000), 415_148);
            foreach (int address in new[] { 0x76, 0x77 })
            {
                ((SimulatedSensor)sleeper.Device.Chip.Bus.At(address)!).Raw = raw;
            }

            sleeper.RunWakes(1);
        }

        bench.Scheduler.RunUntil(() => sleeper.Device.Figures.Outbox == 0 && sleeper.IsAsleep, 2 * 3_600_000);
        sleeper.AssertNothingIsMissing();
        Check(Read(bench, sleeper));
    }

    private static void Check(ILookup<string, (double Time, decimal Value)> values)
    {
        (double Time, decimal Value)[] live = [.. values["temperature-77"].OrderBy(entry => entry.Time)];
        (double Time, decimal Value)[] means = [.. values["temperature"].OrderBy(entry => entry.Time)];
        Assert.IsGreaterThan(165, means.Length);
        double? from = null; // the first value is not dated: its clock was not set
        foreach ((double end, decimal mean) in means)
        {
            decimal[] window = [.. live.Where(entry => (from == null || entry.Time >= from) && entry.Time < end - EarliestSeconds).Select(entry => entry.Value)];
            decimal Of(string word) => values["temperature-" + word].Single(entry => entry.Time == end).Value;
            Assert.AreEqual(
                (Math.Round(window.Average(), 2, MidpointRounding.AwayFromZero), window.Min(), window.Max(), window[^1], window.Length),
                (mean, Of("min"), Of("max"), Of("last"), (int)Of("count")),
                $"the window that ends at {end}");
            Assert.AreEqual(from == null ? end : from.Value + EarliestSeconds + 3600, end, 10, "one window follows the other");
            from = end - EarliestSeconds;
        }
    }

    private static ILookup<string, (double Time, decimal Value)> Read(Bench bench, Sleeper sleeper) =>
        bench.Telemetry(sleeper.Device)
            .SelectMany(message => TelemetryMessage.Read(System.Text.Json.JsonDocument.Parse(message.Payload.ToArray()).RootElement)!.Readings)
            .Select(reading => (reading.Name, reading.Time, Value: reading.Value.GetDecimal()))
            .Distinct()
            .ToLookup(reading => reading.Name, reading => (reading.Time, reading.Value));
}
