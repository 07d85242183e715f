using System.Diagnostics;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Updates;

namespace Scenarios.Updates;

/// <summary>Many devices updated at once through one broker.</summary>
[TestClass]
public sealed class FleetTests
{
    private const int Hour = 3_600_000;
    private const int LossPercent = 20;
    private const int TrialsUntilBarred = 2;

    [TestMethod]
    public async Task All_devices_end_on_the_new_version_though_a_fifth_of_the_connections_are_lost()
    {
        const int Devices = 200;
        var watch = Stopwatch.StartNew();
        var random = new Random(11);
        await using UpdateBench bench = await UpdateBench.StartAsync(Brokers.Mosquitto, "m2m/+/event");
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await using var wire = new WireMeter(bench.Bench.Broker.Port, () => Doom(random, release.Manifest.BlockCount));
        List<SimulatedDevice> devices = bench.BootFleet(Devices, wire.Port, UpdateBench.AtOnce);
        await bench.ServeAsync();

        await bench.OfferToAllAsync(release);
        bool all = bench.Bench.Scheduler.RunUntil(() => devices.TrueForAll(device => ImageOf(device) == "0.2.0"), Hour);

        Console.WriteLine($"{devices.Count(device => ImageOf(device) == "0.2.0")} of {Devices} after {bench.Bench.Time.NowMs / 1000} s of the world, {watch.Elapsed.TotalSeconds:0} s of the host; {wire.Lost} connections lost, {bench.Server!.Served} blocks for {Devices * release.Manifest.BlockCount}");
        Assert.IsTrue(all, "not all devices run the new version");
        Assert.IsGreaterThan(Devices * LossPercent / 200, wire.Lost);
        Assert.AreEqual(0, bench.CountReported("rolled-back"));
    }

    [TestMethod]
    public async Task All_devices_return_from_a_bad_version_that_the_broker_keeps()
    {
        const int Devices = 40;
        await using UpdateBench bench = await UpdateBench.StartAsync(Brokers.Mosquitto, "m2m/+/event");
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0", Defect.NeverConnects));
        List<SimulatedDevice> devices = bench.BootFleet(Devices, bench.Bench.Broker.Port, ""","update":{"trial":60}""");
        await bench.ServeAsync();

        await bench.OfferToAllAsync(release);
        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => devices.TrueForAll(device => bench.Reported(device, "rolled-back").Count() == TrialsUntilBarred), Hour));
        bench.Bench.RunFor(Hour / 1000);

        Assert.IsTrue(devices.TrueForAll(device => StagedImage.ConfirmedOf(device) is null && device.State == LinkState.Online));
        Assert.AreEqual(TrialsUntilBarred * Devices, bench.CountReported("rolled-back"), "it is barred then");
    }

    // A fifth of the connections are lost somewhere in the middle of the blocks.
    private static int? Doom(Random random, int blocks)
    {
        lock (random)
        {
            return random.Next(100) < LossPercent ? random.Next(blocks) : null;
        }
    }

    private static string? ImageOf(SimulatedDevice device) => device.State == LinkState.Online ? StagedImage.ConfirmedOf(device) : null;
}
