using Boards.NativeSim;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Updates;

/// <summary>What a simulated device boots: images that are good, and ones that are not.</summary>
[TestClass]
public sealed class ImageBootTests
{
    private const int Trial = 60;
    private const int Grace = 60;
    private static readonly DeviceOptions s_roomy = new() { FlashBytes = 1024 * 1024 };

    [TestMethod]
    public async Task Image_on_trial_runs()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Boot(bench, 1, "0.2.0", ImageBuilder.Build("0.2.0"));

        bench.ComeOnline(device);

        Assert.AreEqual("0.2.0", Version(bench, device));
        bench.RunFor(30);
        bench.WaitFor(() => bench.Telemetry(device).Any(), "it does not measure");
        Assert.IsNull(device.Settings, "what runs is not the built-in image");
    }

    [TestMethod]
    public async Task Devices_run_different_images_side_by_side()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice first = Boot(bench, 1, "0.2.0", ImageBuilder.Build("0.2.0"));
        SimulatedDevice second = Boot(bench, 2, "0.3.0", ImageBuilder.Build("0.3.0"));
        SimulatedDevice third = bench.Boot(3, options: s_roomy);

        bench.ComeOnline(first);
        bench.ComeOnline(second);
        bench.ComeOnline(third);

        Assert.AreEqual("0.2.0", Version(bench, first));
        Assert.AreEqual("0.3.0", Version(bench, second));
        Assert.AreEqual(SimulatedBoard.Version, Version(bench, third));
    }

    [TestMethod]
    public async Task Image_that_is_confirmed_stays_after_a_power_cut()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Boot(bench, 1, "0.2.0", ImageBuilder.Build("0.2.0"));
        bench.ComeOnline(device);
        StagedImage.Confirm(device);
        bench.RunFor(Trial + Grace + 10);

        device.CutPower();
        device.Restart();
        bench.ComeOnline(device, 60);

        Assert.AreEqual("0.2.0", Version(bench, device));
        Assert.IsFalse(bench.Events(device, "update").Any(update => update.Json.GetProperty("state").GetString() == "rolled-back"));
    }

    [TestMethod]
    [DataRow(Defect.ThrowsAtConstruction, "bad image")]
    [DataRow(Defect.ThrowsInStart, "bad image")]
    [DataRow(Defect.ThrowsInLoop, "bad image")]
    [DataRow(Defect.Ends, "ended")]
    [DataRow(Defect.Hangs, "not confirmed")]
    [DataRow(Defect.NeverConnects, "not confirmed")]
    [DataRow(Defect.LacksReference, "Firmware.Extras")]
    [DataRow(Defect.IsGarbage, "cannot be loaded")]
    [DataRow(Defect.IsDisordered, "cannot be loaded")]
    [DataRow(Defect.LacksEntry, "EntryPointNotFound")]
    public async Task Built_in_image_is_back_after_a_bad_one(Defect defect, string reason)
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Boot(bench, 1, "0.2.0", ImageBuilder.Build("0.2.0", defect));

        bench.RunFor(Trial + Grace);
        bench.ComeOnline(device, 30);

        Assert.AreEqual(SimulatedBoard.Version, Version(bench, device));
        StringAssert.Contains(WhyReturned(bench, device, "0.2.0"), reason);
    }

    [TestMethod]
    public async Task Image_that_measures_nothing_is_online()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Boot(bench, 1, "0.2.0", ImageBuilder.Build("0.2.0", Defect.NeverMeasures));

        bench.ComeOnline(device);
        bench.RunFor(30);

        Assert.AreEqual("0.2.0", Version(bench, device));
        Assert.IsFalse(bench.Telemetry(device).Any());
    }

    [TestMethod]
    public async Task Image_with_the_numbers_of_the_built_in_one_would_run_its_code()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Boot(bench, 1, "0.1.7", ImageBuilder.Build("0.1.7", Defect.NeverMeasures));

        bench.ComeOnline(device);
        bench.RunFor(30);

        // Major and minor bind, and what is in the deployment goes first: the port is not the image's.
        bench.WaitFor(() => bench.Telemetry(device).Any(), "it does not measure");
    }

    [TestMethod]
    public async Task Bad_image_after_a_good_one_leads_back_to_the_good_one()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Boot(bench, 1, "0.2.0", ImageBuilder.Build("0.2.0"));
        bench.ComeOnline(device);
        StagedImage.Confirm(device);
        StagedImage.Put(device, "0.3.0", ImageBuilder.Build("0.3.0", Defect.ThrowsInStart));

        device.CutPower();
        device.Restart();
        bench.ComeOnline(device, 60);

        Assert.AreEqual("0.2.0", Version(bench, device));
        Assert.IsNotNull(WhyReturned(bench, device, "0.3.0"));
    }

    private static SimulatedDevice Boot(Bench bench, int number, string version, byte[] bundle)
    {
        SimulatedDevice device = bench.Add(number, options: s_roomy);
        StagedImage.Put(device, version, bundle, Trial);
        device.Boot();
        return device;
    }

    private static string? WhyReturned(Bench bench, SimulatedDevice device, string version)
    {
        Received? Report() => bench.Events(device, "update").FirstOrDefault(update =>
            update.Json.GetProperty("state").GetString() == "rolled-back" && update.Json.GetProperty("version").GetString() == version);
        bench.WaitFor(() => Report() is not null, "the roll-back is not reported");
        return Report()!.Json.GetProperty("reason").GetString();
    }

    private static string? Version(Bench bench, SimulatedDevice device)
    {
        bench.WaitFor(() => device.State == LinkState.Online && bench.Status(device) == "online", "it is not online");
        return bench.Client.On($"m2m/{device.Id}/status").Last().Json.GetProperty("version").GetString();
    }
}
