using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Power;

/// <summary>The power fails at each write to the flash of a cycle, torn at some lengths: a device for each case.</summary>
[TestClass]
public sealed class SleepPowerCutTests
{
    private const int CyclesBefore = 3;
    private const int CyclesAfter = 3;
    private const int PowerBackMs = 5000;
    private static readonly int[] Kept = [0, 1, 20, 1_000_000];

    [TestMethod]
    [DataRow("", true)]
    [DataRow(""","publishEvery":2""", true)]
    [DataRow("", false)]
    public async Task Nothing_stored_is_lost_and_presence_is_right_wherever_the_power_fails(string power, bool hasBroker)
    {
        await using Bench bench = await Bench.StartAsync();
        (int writes, int readings) = await LearnAsync(power, hasBroker);
        List<(Sleeper Sleeper, int Write, int Kept)> cases = [];
        for (int write = 1; write <= writes; write++)
        {
            foreach (int kept in Kept)
            {
                cases.Add((Sleeper.Boot(bench, cases.Count + 1, power), write, kept));
            }
        }

        bench.RunFor((CyclesBefore * Sleeper.Interval) - 30);
        foreach ((Sleeper sleeper, int write, int kept) in cases)
        {
            Assert.IsTrue(sleeper.IsAsleep, sleeper.Device.Id);
            sleeper.Device.PowerBackAfterMs = PowerBackMs;
            sleeper.Device.Chip.Radio.BrokerReachable = hasBroker;
            sleeper.Device.Chip.Flash.CutPowerAtWrite(write, kept);
        }

        bench.RunFor(Sleeper.Interval);
        cases.ForEach(one => one.Sleeper.Device.Chip.Radio.BrokerReachable = true);
        bench.RunFor(CyclesAfter * Sleeper.Interval);
        Console.WriteLine($"{writes} writes in two cycles, {cases.Count} cuts, {cases.Sum(one => Missing(one.Sleeper))} readings were cut before they were stored");
        foreach ((Sleeper sleeper, int write, int kept) in cases)
        {
            Check(bench, sleeper, $"power cut at write {write} of {writes}, torn after {kept} bytes", readings);
        }
    }

    // How many writes two cycles make when nothing happens.
    private static async Task<(int Writes, int Readings)> LearnAsync(string power, bool hasBroker)
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeper.Boot(bench, 1, power);
        bench.RunFor((CyclesBefore * Sleeper.Interval) - 30);
        long before = sleeper.Device.Chip.Flash.Writes;
        sleeper.Device.Chip.Radio.BrokerReachable = hasBroker;
        bench.RunFor(Sleeper.Interval);
        sleeper.Device.Chip.Radio.BrokerReachable = true;
        bench.RunFor(Sleeper.Interval);
        int writes = (int)(sleeper.Device.Chip.Flash.Writes - before);
        bench.RunFor((CyclesAfter - 1) * Sleeper.Interval);
        return (writes, (int)sleeper.Device.Figures.Readings);
    }

    private static void Check(Bench bench, Sleeper sleeper, string when, int readings)
    {
        SimulatedDevice device = sleeper.Device;
        Assert.IsTrue(sleeper.IsAsleep, when);
        Assert.IsGreaterThan(0, device.Chip.Boot - sleeper.Wakes.Count, when + ": the power was not cut");
        Assert.IsLessThanOrEqualTo(2, device.Figures.Outbox, when);
        bench.WaitFor(() => bench.Status(device) is "sleeping", when + ": presence");

        // One that was not yet stored may be gone; the start after the cut takes one more.
        Assert.IsLessThanOrEqualTo(1, Missing(sleeper), when);
        Assert.IsGreaterThanOrEqualTo(readings, device.Figures.Readings, when);
        long[] numbers = [.. sleeper.Packs().Keys];
        long gaps = numbers.Zip(numbers.Skip(1), (left, right) => right - left - 1).Count(gap => gap > 0);
        Assert.IsLessThanOrEqualTo(1, gaps, $"{when}: numbers {string.Join(' ', numbers)}");
    }

    private static long Missing(Sleeper sleeper) =>
        sleeper.Device.Figures.Readings - sleeper.Device.Figures.Outbox - sleeper.Packs().Values.Sum(pack => pack.Times.Count);
}
