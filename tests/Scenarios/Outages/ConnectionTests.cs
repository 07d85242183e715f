using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Outages;

[TestClass]
public sealed class ConnectionTests
{
    public static IEnumerable<object[]> BrokersAndVersions =>
        from broker in Brokers.All
        from version in new[] { "3.1.1", "5" }
        select new object[] { broker[0], version };

    [TestMethod]
    [DynamicData(nameof(BrokersAndVersions))]
    public async Task A_message_of_200_KB_costs_at_most_one_reconnection(string broker, string version)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline(more: Settings(version));
        await bench.Client.PublishAsync($"m2m/{device.Id}/request", new byte[200_000]);

        // Nothing tells when the message has come: a few keep-alives, in small steps of time, are enough for it.
        for (int i = 0; i < 200; i++)
        {
            bench.RunFor(1);
            await Task.Delay(5);
        }

        bench.Scheduler.RunUntil(() => device.State == LinkState.Online, 600_000);
        JsonElement counters = (await bench.RequestAsync(device, "info")).Json.GetProperty("result").GetProperty("counters");
        Console.WriteLine($"{broker}, MQTT {version}: {counters.GetRawText()}");
        Assert.IsLessThanOrEqualTo(1, counters.GetProperty("reconnects").GetInt32());
    }

    // It comes again with each subscription: under 3.1.1 the device has to do without the offers.
    [TestMethod]
    [DynamicData(nameof(BrokersAndVersions))]
    public async Task A_retained_offer_of_200_KB_does_not_lock_a_device_out(string broker, string version)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        await bench.Client.PublishAsync("m2m/update/native-sim/manifest", new byte[200_000], retain: true);
        SimulatedDevice device = bench.Boot(more: Settings(version));
        int quiet = 0;
        for (int i = 0; i < 900 && quiet < 200; i++)
        {
            bench.RunFor(1);
            await Task.Delay(5);
            quiet = device.State == LinkState.Online ? quiet + 1 : 0;
        }

        Assert.AreEqual(200, quiet, "it does not come to stay online");
        JsonElement counters = (await bench.RequestAsync(device, "info")).Json.GetProperty("result").GetProperty("counters");
        Console.WriteLine($"{broker}, MQTT {version}: {counters.GetRawText()}");
        Assert.IsLessThanOrEqualTo(3, counters.GetProperty("reconnects").GetInt32());
    }

    [TestMethod]
    [DynamicData(nameof(BrokersAndVersions))]
    public async Task Requests_that_were_sent_while_the_device_was_away_are_answered_when_it_is_back(string broker, string version)
    {
        const int Requests = 10;
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline(more: Settings(version));
        device.CutPower();
        bench.WaitFor(() => bench.Status(device) == "lost", "the broker does not notice");
        for (int i = 0; i < Requests; i++)
        {
            await bench.Client.PublishAsync($"m2m/{device.Id}/request", "{\"jsonrpc\":\"2.0\",\"id\":" + i + ",\"method\":\"ping\"}");
        }

        device.Restart();
        bench.ComeOnline(device);

        bench.WaitFor(() => Ids(bench, device).Length >= Requests, "answers are missing");
        CollectionAssert.AreEquivalent(Enumerable.Range(0, Requests).ToArray(), Ids(bench, device));
    }

    [TestMethod]
    [DynamicData(nameof(BrokersAndVersions))]
    public async Task An_idle_connection_is_kept_open(string broker, string version)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline(more: Settings(version));

        bench.RunFor(600);

        JsonElement counters = (await bench.RequestAsync(device, "info")).Json.GetProperty("result").GetProperty("counters");
        Assert.AreEqual(0, counters.GetProperty("reconnects").GetInt32());
        Assert.AreEqual(0, counters.GetProperty("silentLinks").GetInt32());
    }

    private static string Settings(string version) => ",\"interval\":86400,\"mqtt\":{\"version\":\"" + version + "\"}";

    private static int[] Ids(Bench bench, SimulatedDevice device) =>
        [.. bench.Client.On($"m2m/{device.Id}/response/any").Select(answer => answer.Json.GetProperty("id").GetInt32())];
}
