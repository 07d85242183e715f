using Boards.Loader;
using Boards.NativeSim;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Updates;

namespace Scenarios.Updates;

/// <summary>Power is lost at each write to the flash that an update brings with it.</summary>
[TestClass]
public sealed class UpdatePowerCutTests
{
    private const int PowerBackMs = 1000;
    private const int Hour = 3_600_000;

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(133)]
    [DataRow(4000)]
    [DataRow(int.MaxValue)]
    public async Task Device_starts_and_finishes_or_returns_wherever_the_power_fails(int kept)
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0", carries: Carries.Board));
        await bench.ServeAsync();
        long writes = await CountWritesAsync(bench, release);
        int finished = 0;
        int returned = 0;
        for (int cut = 1; cut <= writes; cut++)
        {
            SimulatedDevice device = bench.BootOnline(1 + cut);
            device.PowerBackAfterMs = PowerBackMs;
            device.Chip.Flash.CutPowerAtWrite(cut, kept);
            await EndAsync(bench, device, release, $"cut at write {cut}, {kept} bytes kept");
            finished += IsFinished(device) ? 1 : 0;
            if (!IsFinished(device))
            {
                // Its trial was cut short: once is not enough to bar a version.
                returned++;
                await bench.Bench.Client.PublishAsync($"m2m/{device.Id}/request", Request(release));
                Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => IsFinished(device), Hour), $"cut at write {cut}, {kept} bytes kept: it does not work the next time");
            }

            Retire(device);
        }

        Console.WriteLine($"{writes} writes: {finished} finished, {returned} returned");
        Assert.IsGreaterThan(returned, finished);
    }

    [TestMethod]
    public async Task Device_starts_though_the_power_fails_again_and_again()
    {
        var random = new Random(3);
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0", carries: Carries.Board));
        await bench.ServeAsync();
        for (int number = 1; number <= 20; number++)
        {
            SimulatedDevice device = bench.BootOnline(number);
            device.PowerBackAfterMs = PowerBackMs;
            for (int i = 0; i < 10; i++)
            {
                device.Chip.Flash.CutPowerAtWrite(random.Next(1, 12), random.Next(5000));
                await bench.Bench.Client.PublishAsync($"m2m/{device.Id}/request", Request(release));
                bench.Bench.RunFor(random.Next(1, 40));
            }

            device.Chip.Flash.CutPowerAtWrite(0, 0);
            await EndAsync(bench, device, release, $"device {number}");
            Retire(device);
        }
    }

    private static async Task<long> CountWritesAsync(UpdateBench bench, Release release)
    {
        SimulatedDevice device = bench.BootOnline();
        long before = device.Chip.Flash.Writes;
        await EndAsync(bench, device, release, "no cut");
        Assert.IsTrue(IsFinished(device));
        long writes = device.Chip.Flash.Writes - before;
        Retire(device);
        return writes;
    }

    // An operator offers it until the device has it, or has reported twice that it does not work.
    private static async Task EndAsync(UpdateBench bench, SimulatedDevice device, Release release, string what)
    {
        for (int i = 0; i < 4 && !IsOver(device); i++)
        {
            await bench.Bench.Client.PublishAsync($"m2m/{device.Id}/request", Request(release));
            bench.Bench.Scheduler.RunUntil(() => IsOver(device), Hour / 6);
        }

        bool isOnline = bench.Bench.Scheduler.RunUntil(() => device.State == LinkState.Online, Hour);
        Assert.IsTrue(isOnline, $"{what}: it does not come online");
        Assert.IsTrue(IsOver(device), $"{what}: the update does not end: {Describe(device)}");
    }

    private static bool IsOver(SimulatedDevice device) =>
        device.Program is not null && RecordOf(device) is { } record && !record.IsBegun && record.Test == Slots.BuiltIn
            && (record.Confirmed != Slots.BuiltIn || record.FailuresOf(ImageVersion.Parse("0.2.0")) > 0);

    private static bool IsFinished(SimulatedDevice device) => device.Program is not null && RecordOf(device).Confirmed != Slots.BuiltIn;

    private static SlotRecord RecordOf(SimulatedDevice device)
    {
        using (device.Chip.Enter())
        {
            return SlotRecord.Read(new SlotFiles(SimulatedBoard.StorageRoot));
        }
    }

    private static string Describe(SimulatedDevice device) => RecordOf(device) is var record
        ? $"confirmed {record.Confirmed}, test {record.Test}, begun {record.IsBegun}, staging {record.Staging}, failed {record.Reason}"
        : string.Empty;

    private static void Retire(SimulatedDevice device)
    {
        device.PowerBackAfterMs = null;
        device.CutPower();
    }

    private static string Request(Release release) =>
        $$"""{"jsonrpc":"2.0","id":"{{Guid.NewGuid():N}}","method":"update.offer","from":"tester","params":{{ReleaseShelf.Offer(release).ToJsonString()}}}""";
}
