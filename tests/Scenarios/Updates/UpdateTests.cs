using System.Text.Json;
using Boards.NativeSim;
using Boards.NativeSim.Simulation;
using M2m.Updates;

namespace Scenarios.Updates;

/// <summary>The whole path of an update of one device: pack, sign, offer, transfer, restart, trial, confirm or return.</summary>
[TestClass]
public sealed class UpdateTests
{
    private const int Success = 1;
    private const int Failed = 8;
    private const int Conflict = -32004;
    private const int Forbidden = -32003;

    public static IEnumerable<object[]> AllBrokers => Brokers.All;

    [TestMethod]
    [DynamicData(nameof(AllBrokers))]
    public async Task Device_runs_the_new_version_after_an_update(string broker)
    {
        await using UpdateBench bench = await UpdateBench.StartAsync(broker);
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await bench.ServeAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","interval":15""");

        JsonElement answer = RequestTests.Result(await bench.OfferAsync(device, release));
        JsonElement confirmed = bench.RunUntilReported(device, "confirmed");

        Assert.AreEqual("downloading", answer.GetProperty("state").GetString());
        Assert.AreEqual(Success, confirmed.GetProperty("result").GetInt32());
        Assert.AreEqual("0.2.0", bench.Version(device));
        Assert.AreEqual(release.Manifest.BlockCount, bench.Server!.Served, "each block once");
        Assert.AreEqual(0, bench.Reported(device, "rolled-back").Count());
        JsonElement info = RequestTests.Result(await bench.Bench.RequestAsync(device, "info"));
        JsonElement update = info.GetProperty("update");
        Assert.AreEqual("idle", update.GetProperty("state").GetString());
        Assert.AreEqual("0.2.0", update.GetProperty("image").GetString());
        Assert.AreEqual(SimulatedBoard.Version, update.GetProperty("builtIn").GetString());
        Assert.AreEqual("success", update.GetProperty("outcome").GetString());
    }

    [TestMethod]
    public async Task Progress_is_published_at_each_quarter()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await bench.ServeAsync();
        SimulatedDevice device = bench.BootOnline();

        await bench.OfferAsync(device, release);
        bench.RunUntilReported(device, "confirmed");

        string[] states = [.. bench.Bench.Events(device, "update").Select(update => update.Json.GetProperty("state").GetString()!)];
        CollectionAssert.AreEqual(new[] { "waiting", "downloading", "downloading", "downloading", "downloading", "installing", "trial", "confirmed" }, states);
        Assert.IsTrue(bench.Reported(device, "downloading").All(update => update.GetProperty("of").GetInt32() == release.Manifest.BlockCount));
    }

    [TestMethod]
    public async Task Offer_that_the_broker_keeps_reaches_every_device_of_the_board()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await bench.ServeAsync();
        SimulatedDevice before = bench.BootOnline(1, UpdateBench.AtOnce);
        await bench.OfferToAllAsync(release);
        SimulatedDevice after = bench.BootOnline(2, UpdateBench.AtOnce);

        bench.RunUntilReported(before, "confirmed");
        bench.RunUntilReported(after, "confirmed");

        Assert.AreEqual("0.2.0", bench.Version(before));
        Assert.AreEqual("0.2.0", bench.Version(after));
    }

    [TestMethod]
    public async Task Second_update_follows_the_first()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        foreach (string version in new[] { "0.2.0", "0.3.0", "0.4.1" })
        {
            await bench.UpdateAsync(device, bench.Shelf.Add(version, ImageBuilder.Build(version)));
            Assert.AreEqual(version, bench.Version(device));
        }
    }

    [TestMethod]
    [DataRow(Defect.ThrowsAtConstruction)]
    [DataRow(Defect.ThrowsInStart)]
    [DataRow(Defect.ThrowsInLoop)]
    [DataRow(Defect.Ends)]
    [DataRow(Defect.Hangs)]
    [DataRow(Defect.NeverConnects)]
    [DataRow(Defect.NeverMeasures)]
    [DataRow(Defect.LacksReference)]
    [DataRow(Defect.IsGarbage)]
    [DataRow(Defect.IsDisordered)]
    [DataRow(Defect.LacksEntry)]
    public async Task Bad_version_is_rolled_back(Defect defect)
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","interval":10,"update":{"trial":60}""");
        await bench.UpdateAsync(device, bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0")));
        Release release = bench.Shelf.Add("0.3.0", ImageBuilder.Build("0.3.0", defect));
        await bench.ServeAsync();

        await bench.OfferAsync(device, release);
        JsonElement returned = bench.RunUntilReported(device, "rolled-back");

        Assert.AreEqual(Failed, returned.GetProperty("result").GetInt32());
        Assert.AreEqual("0.3.0", returned.GetProperty("version").GetString());
        Console.WriteLine(returned.GetRawText());
        Assert.AreEqual("0.2.0", bench.Version(device));
        Assert.AreEqual(0, bench.Reported(device, "confirmed").Count(update => update.GetProperty("version").GetString() == "0.3.0"));
    }

    [TestMethod]
    public async Task Version_whose_trial_has_failed_twice_is_barred()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0", Defect.ThrowsInStart));
        await bench.ServeAsync();
        SimulatedDevice device = bench.BootOnline();
        for (int failures = 1; failures <= 2; failures++)
        {
            RequestTests.Result(await bench.OfferAsync(device, release));
            Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => bench.Reported(device, "rolled-back").Count() == failures, 900_000));
            bench.Bench.ComeOnline(device, 60);
        }

        JsonElement error = (await bench.OfferAsync(device, release)).Json.GetProperty("error");

        Assert.AreEqual(Forbidden, error.GetProperty("code").GetInt32());
        StringAssert.Contains(error.GetProperty("data").GetProperty("reason").GetString(), "barred");
    }

    [TestMethod]
    public async Task Device_reverts_by_request()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        await bench.UpdateAsync(device, bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0")));

        RequestTests.Result(await bench.Bench.RequestAsync(device, "update.revert"));
        bench.Bench.RunFor(5);
        bench.Bench.ComeOnline(device, 60);

        Assert.AreEqual(SimulatedBoard.Version, bench.Version(device));
        JsonElement error = (await bench.Bench.RequestAsync(device, "update.revert")).Json.GetProperty("error");
        Assert.AreEqual(Conflict, error.GetProperty("code").GetInt32());
    }
}
