using System.Diagnostics;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Updates;
using Scenarios.Harness;

namespace Scenarios.Updates;

/// <summary>Many devices updated at once through one broker.</summary>
[TestClass]
public sealed class FleetTests
{
    private const int Devices = 200;
    private const int Hour = 3_600_000;
    private const int LossPercent = 20;

    [TestMethod]
    public async Task All_devices_end_on_the_new_version_though_a_fifth_of_the_connections_are_lost()
    {
        var watch = Stopwatch.StartNew();
        var random = new Random(11);
        await using UpdateBench bench = await UpdateBench.StartAsync(Brokers.Mosquitto, "m2m/+/event");
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0", carries: Carries.NoCore));
        await using var wire = new WireMeter(bench.Bench.Broker.Port, () => Doom(random, release.Manifest.BlockCount));
        List<SimulatedDevice> devices = Boot(bench, wire.Port);
        await bench.ServeAsync();

        await bench.OfferToAllAsync(release);
        bool all = bench.Bench.Scheduler.RunUntil(() => devices.TrueForAll(device => ImageOf(device) == "0.2.0"), Hour);

        Console.WriteLine($"{devices.Count(device => ImageOf(device) == "0.2.0")} of {Devices} after {bench.Bench.Time.NowMs / 1000} s of the world, {watch.Elapsed.TotalSeconds:0} s of the host; {wire.Lost} connections lost, {bench.Server!.Served} blocks for {Devices * release.Manifest.BlockCount}");
        Assert.IsTrue(all, "not all devices run the new version");
        Assert.IsGreaterThan(Devices * LossPercent / 200, wire.Lost);
        Assert.AreEqual(0, bench.Bench.Client.Messages.Count(message => message.Text.Contains("\"returned\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task All_devices_return_from_a_bad_version()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync(Brokers.Mosquitto, "m2m/+/event");
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0", Defect.NeverConnects, Carries.NoCore));
        List<SimulatedDevice> devices = Boot(bench, bench.Bench.Broker.Port);
        await bench.ServeAsync();

        await bench.OfferToAllAsync(release);
        bool HasReturned(SimulatedDevice device) => bench.Told(device, "returned").Any();
        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => bench.CountTold("returned") >= Devices, Hour));

        Assert.IsTrue(devices.TrueForAll(HasReturned));
        Assert.IsTrue(devices.TrueForAll(device => ImageOf(device) is null && device.State == LinkState.Online));
    }

    // A fifth of the connections are lost somewhere in the middle of the blocks.
    private static int? Doom(Random random, int blocks)
    {
        lock (random)
        {
            return random.Next(100) < LossPercent ? random.Next(blocks) : null;
        }
    }

    private static List<SimulatedDevice> Boot(UpdateBench bench, int port)
    {
        List<SimulatedDevice> devices = [.. Enumerable.Range(1, Devices).Select(number =>
            bench.Bench.Add(number, options: UpdateBench.Options with { Settings = UpdateBench.Settings(port, ""","update":{"delay":60}""") }))];
        devices.ForEach(device => device.Boot());
        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => devices.TrueForAll(device => device.State == LinkState.Online), Hour), "not all come online");
        return devices;
    }

    private static string? ImageOf(SimulatedDevice device) => device.State == LinkState.Online ? StagedImage.ConfirmedOf(device) : null;
}
