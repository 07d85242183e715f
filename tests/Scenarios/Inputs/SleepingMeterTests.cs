using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Updates;
using Scenarios.Harness;
using Scenarios.Power;
using Scenarios.Updates;

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

        // None of these wakes has used the radio or measured; the interval has kept its rhythm, from the start and the wake after it on.
        long intervals = bench.Time.NowMs / (Sleeper.Interval * 1000);
        Assert.IsInRange(intervals, intervals + 2, sleeper.Device.Figures.Readings);
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

    /// <summary>From the last sleep on the old image over the download, the restart and the trial to the sleeps on the new one.</summary>
    [TestMethod]
    public async Task Update_of_a_sleeping_meter_costs_at_most_the_pulses_of_its_restarts()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await bench.ServeAsync();
        bench.Bench.Time.StrangerPatienceMs = 50;
        SimulatedDevice device = bench.BootOnline(more: $$""","interval":60,"power":{"mode":"deep-sleep","wakePin":{{Pin}}}{{Settings}}""");
        SimulatedPins pins = device.Chip.Pins;
        var restarts = new List<long>();
        device.Chip.PoweredOff += (_, _) =>
        {
            if (device.Chip.Stop == ChipStop.Restart)
            {
                restarts.Add(device.Chip.NowMs);
            }
        };
        pins.Wire(Pin, false);
        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => device.HasSlept, 600_000));
        var pulses = new List<long>();
        bool turns = true;
        Turn();
        await bench.OfferToAllAsync(release);
        bench.RunUntilReported(device, "confirmed", 7200);
        bench.Bench.RunFor(300);
        turns = false;
        bench.Bench.RunFor(300);

        Assert.AreEqual("0.2.0", bench.Version(device));
        Assert.IsGreaterThan(0, restarts.Count);
        int atRisk = pulses.Count(at => restarts.Any(restart => at >= restart - 10 && at < restart + 500));
        bench.Bench.WaitFor(() => Totals(bench.Bench, device).LastOrDefault() >= pulses.Count - atRisk, $"{pulses.Count} pulses, {atRisk} in a restart, counted {Totals(bench.Bench, device).LastOrDefault()}");
        double[] totals = Totals(bench.Bench, device);
        Assert.IsLessThanOrEqualTo(pulses.Count, (int)totals[^1]);
        CollectionAssert.AreEqual(totals.Order().ToArray(), totals);

        void Turn()
        {
            if (!turns)
            {
                return;
            }

            long at = bench.Bench.Time.NowMs;
            pulses.Add(at);
            pins.Wire(Pin, true);
            bench.Bench.Scheduler.At(at + 200, () => pins.Wire(Pin, false));
            bench.Bench.Scheduler.At(at + 7_300, Turn);
        }
    }

    private static double[] Totals(Bench bench, SimulatedDevice device) =>
        [.. bench.Telemetry(device).SelectMany(message => message.Json.EnumerateArray()).Where(record => record.GetProperty("n").GetString() == "meter").Select(record => record.GetProperty("v").GetDouble())];
}
