using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;
using Scenarios.Power;

namespace Scenarios.Inputs;

/// <summary>A meter whose pulses wake the firmware from deep sleep, as an observer of the pin and of the broker sees it.</summary>
[TestClass]
public sealed class SleepingMeterTests
{
    private const int Pin = 14;
    private const string Settings = ""","inputs":{"meter":{"kind":"pulse","pin":14,"pull":"none","unit":"l"}}""";

    /// <summary>Pulses shorter and longer than a wake, and pauses as short: none is lost and none counted twice, wherever it begins.</summary>
    [TestMethod]
    [DataRow(40, 1_000, 1)]
    [DataRow(200, 3_000, 2)]
    [DataRow(320, 900, 3)]
    [DataRow(900, 500, 4)]
    [DataRow(5_000, 400, 5)]
    [DataRow(30_000, 60_000, 6)]
    public async Task Each_pulse_of_a_sleeping_meter_is_counted_once(int lengthMs, int pauseMs, int seed)
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeper.Boot(bench, 1, $$""","wakePin":{{Pin}},"publishEvery":2""", Settings, options: new DeviceOptions { Seed = seed, SleepDriftPpm = 8_000 });
        sleeper.Device.Chip.Pins.Wire(Pin, false);
        sleeper.RunWakes(1);
        var random = new Random(seed);
        int pulses = 0;
        long end = bench.Time.NowMs + (3 * Sleeper.Interval * 1000);
        Turn(end);
        bench.RunFor(4 * Sleeper.Interval);
        sleeper.RunWakes(1);
        bench.RunFor(2 * Sleeper.Interval);

        Assert.IsGreaterThan(5, pulses);
        bench.WaitFor(() => Totals(bench, sleeper.Device).LastOrDefault() == pulses, $"{pulses} pulses, counted {Totals(bench, sleeper.Device).LastOrDefault()}");

        // None of these wakes has used the radio or measured; the interval has kept its rhythm.
        long intervals = bench.Time.NowMs / (Sleeper.Interval * 1000);
        Assert.IsInRange(intervals - 1, intervals + 1, sleeper.Device.Figures.Readings);
        Assert.IsLessThanOrEqualTo((intervals / 2) + 2, sleeper.Device.Energy.RadioWakes);

        void Turn(long until)
        {
            if (bench.Time.NowMs >= until)
            {
                return;
            }

            pulses++;
            sleeper.Device.Chip.Pins.Wire(Pin, true);
            bench.Scheduler.At(bench.Time.NowMs + lengthMs, () => sleeper.Device.Chip.Pins.Wire(Pin, false));
            bench.Scheduler.At(bench.Time.NowMs + lengthMs + pauseMs + random.Next(pauseMs), () => Turn(until));
        }
    }

    private static double[] Totals(Bench bench, SimulatedDevice device) =>
        [.. bench.Telemetry(device).SelectMany(message => message.Json.EnumerateArray()).Where(record => record.GetProperty("n").GetString() == "meter").Select(record => record.GetProperty("v").GetDouble())];
}
