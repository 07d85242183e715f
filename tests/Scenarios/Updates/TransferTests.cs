using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Updates;

namespace Scenarios.Updates;

/// <summary>Lost, late, damaged and forged blocks of an update.</summary>
[TestClass]
public sealed class TransferTests
{
    [TestMethod]
    public async Task Transfer_goes_on_where_a_lost_connection_has_stopped_it()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await bench.ServeAsync();
        SimulatedDevice device = bench.BootOnline();
        int sent = 0;
        bench.Server!.Spoil = (_, block) =>
        {
            if (++sent % 10 == 0)
            {
                // What is on its way then is lost.
                device.Chip.Radio.InRange = false;
                bench.Bench.Scheduler.At(bench.Bench.Time.NowMs + 3000, () => device.Chip.Radio.InRange = true);
                return null;
            }

            return block;
        };

        await bench.OfferAsync(device, release);
        bench.RunUntilReported(device, "confirmed");

        int lost = sent / 10;
        Assert.IsLessThanOrEqualTo(release.Manifest.BlockCount + (2 * lost), sent, "nothing that was there was asked for again");
        Assert.AreEqual("0.2.0", bench.Version(device));
    }

    [TestMethod]
    public async Task Block_that_is_bad_is_asked_for_again()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await bench.ServeAsync();
        SimulatedDevice device = bench.BootOnline();
        int sent = 0;
        bench.Server!.Spoil = (_, block) => ++sent % 5 != 0 ? block : (sent % 3) switch
        {
            0 => block[..^1],
            1 => [.. block, 0],
            _ => [(byte)(block[0] ^ 1), .. block[1..]],
        };

        await bench.OfferAsync(device, release);
        bench.RunUntilReported(device, "confirmed", 3600);

        Assert.IsTrue(bench.Gets(device).Any(get => get.TryGetProperty("bad", out JsonElement bad) && bad.GetInt32() > 0));
        Assert.AreEqual("0.2.0", bench.Version(device));
    }

    [TestMethod]
    public async Task Blocks_that_come_twice_or_unasked_do_no_harm()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await bench.ServeAsync();
        await using BlockServing second = await BlockServing.StartAsync(bench.Bench.Broker.Port, bench.Shelf.Open());
        SimulatedDevice device = bench.BootOnline();
        string topic = $"m2m/{device.Id}/update/block/0-2-0/";
        bench.Server!.Spoil = (wanted, block) =>
        {
            _ = bench.Bench.Client.PublishAsync(wanted, block);
            _ = bench.Bench.Client.PublishAsync(topic + "0", release.Bundle[..4096]);
            _ = bench.Bench.Client.PublishAsync(topic + "65535", [1]);
            _ = bench.Bench.Client.PublishAsync(topic + "-1", []);
            return block;
        };

        await bench.OfferAsync(device, release);
        bench.RunUntilReported(device, "confirmed", 3600);

        Assert.AreEqual("0.2.0", bench.Version(device));
    }

    [TestMethod]
    public async Task Device_waits_until_a_server_responds()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        bench.Bench.Time.StrangerPatienceMs = 20;
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        SimulatedDevice device = bench.BootOnline();
        await bench.OfferAsync(device, release);
        bench.Bench.RunFor(3600);
        int asked = bench.Gets(device).Count();

        bench.Bench.Time.StrangerPatienceMs = 1000;
        await bench.ServeAsync();
        bench.RunUntilReported(device, "confirmed");

        Assert.IsGreaterThan(40, asked, "it asks on");
        Assert.IsLessThan(400, asked, "and not too often");
    }

    [TestMethod]
    public async Task Newer_offer_takes_the_place_of_one_that_is_under_way()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release old = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        Release young = bench.Shelf.Add("0.3.0", ImageBuilder.Build("0.3.0"));
        await bench.ServeAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.Server!.Spoil = (topic, block) => topic.EndsWith("0.2.0/10", StringComparison.Ordinal) ? null : block;
        await bench.OfferAsync(device, old);
        bench.Bench.WaitFor(() => bench.Gets(device).Any(get => get.GetProperty("block").GetInt32() == 10), "it does not get so far");

        await bench.OfferAsync(device, young);
        bench.RunUntilReported(device, "confirmed");

        Assert.AreEqual("0.3.0", bench.Version(device));
    }

    [TestMethod]
    public async Task Cancelled_update_does_not_go_on()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        bench.Bench.Time.StrangerPatienceMs = 20;
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        SimulatedDevice device = bench.BootOnline();
        await bench.OfferAsync(device, release);

        JsonElement status = RequestTests.Result(await bench.Bench.RequestAsync(device, "update.cancel"));
        int before = bench.Gets(device).Count();
        bench.Bench.RunFor(3600);

        Assert.AreEqual("idle", status.GetProperty("state").GetString());
        Assert.AreEqual(10, bench.Reported(device, "cancelled").Single().GetProperty("result").GetInt32());
        Assert.AreEqual(before, bench.Gets(device).Count());
    }

    [TestMethod]
    public async Task Device_that_sleeps_deeply_goes_on_at_its_next_wake()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await bench.ServeAsync();
        int sent = 0;
        bench.Server!.Spoil = (_, block) => ++sent % 10 == 0 ? null : block;
        bench.Bench.Time.StrangerPatienceMs = 50;
        SimulatedDevice device = bench.BootOnline(more: ""","interval":60,"power":{"mode":"deep-sleep"}""");
        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => device.HasSlept, 600_000));
        await bench.OfferToAllAsync(release);
        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => sent >= 10, 7_200_000), "it does not begin");
        device.CutPower();
        device.Restart();

        bench.RunUntilReported(device, "confirmed", 7200);

        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => device.State == LinkState.Online, 600_000));
        Assert.AreEqual("0.2.0", bench.Version(device));
    }

    [TestMethod]
    public async Task Undisturbed_device_needs_little_more_than_the_bundle_on_the_wire()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync(Brokers.Mosquitto);
        await using var meter = new WireMeter(bench.Bench.Broker.Port);
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        await bench.ServeAsync();
        SimulatedDevice device = bench.BootOnline(options: UpdateBench.Options with { Settings = UpdateBench.Settings(meter.Port) });

        await bench.OfferAsync(device, release);
        bench.RunUntilReported(device, "installing");

        Console.WriteLine($"{release.Bundle.Length} bytes of the bundle, {meter.Bytes(device.Id)} on the wire for the offer and the blocks");
        Assert.IsLessThanOrEqualTo(release.Bundle.Length * 1.05, meter.Bytes(device.Id));
    }
}
