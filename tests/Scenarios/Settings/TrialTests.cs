using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Settings;

/// <summary>Settings that could cut a device off, on the simulated ESP32 with a real broker.</summary>
[TestClass]
public sealed class TrialTests
{
    private const int Limit = 120;

    [TestMethod]
    public async Task A_broker_on_trial_that_is_not_there_is_rolled_back_and_reported()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();

        Received answer = await SetAsync(bench, device, Nowhere);
        bench.RunFor(Limit + 60);
        bench.WaitFor(() => bench.Events(device, "settings").Any(), "no event about the trial");

        Assert.AreEqual("trial", answer.Json.GetProperty("result").GetProperty("results").GetProperty("broker").GetString());
        JsonElement end = bench.Events(device, "settings").Single().Json;
        Assert.AreEqual("rolled-back", end.GetProperty("state").GetString());
        Assert.AreEqual("set", end.GetProperty("request").GetString());
        Assert.AreEqual(bench.Broker.Port, device.Settings!.Broker.Port);
        RequestTests.Result(await bench.RequestAsync(device, "ping"));
    }

    [TestMethod]
    [DynamicData(nameof(AllBrokers))]
    public async Task A_broker_on_trial_that_is_there_is_confirmed(string broker)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline();

        await SetAsync(bench, device, $$"""[{"host":"127.0.0.1","port":{{bench.Broker.Port}}},{"host":"127.0.0.1","port":1}]""");
        bench.RunFor(20);
        bench.WaitFor(() => bench.Events(device, "settings").Any(), "no event about the trial");
        device.CutPower();
        device.Restart();
        bench.ComeOnline(device);

        Assert.AreEqual("confirmed", bench.Events(device, "settings").First().Json.GetProperty("state").GetString());
        Assert.HasCount(2, device.Settings!.Brokers);
    }

    [TestMethod]
    public async Task Another_prefix_moves_the_device_and_leaves_offline_behind()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();

        await bench.SendAsync(device, """{"jsonrpc":"2.0","id":"set","method":"settings.set","params":{"values":{"prefix":"m2m/site"}},"from":"trial"}""", "trial");
        bench.RunFor(20);
        bench.WaitFor(() => bench.Client.On($"m2m/site/{device.Id}/status").Any(), "it has not moved");

        Assert.AreEqual("offline", bench.Status(device));
        Assert.AreEqual("online", bench.Client.On($"m2m/site/{device.Id}/status").Last().Json.GetProperty("state").GetString());
    }

    /// <summary>The power fails at every flash write from the request to the end of the trial, and comes back.</summary>
    [TestMethod]
    public async Task Wherever_the_power_fails_the_device_is_back_with_its_old_broker()
    {
        await using Bench bench = await Bench.StartAsync();
        long writes = await TryAsync(bench, 1, 0, 0);
        Assert.IsGreaterThan(3, writes);
        int number = 1;
        for (int write = 1; write <= writes; write++)
        {
            foreach (int kept in new[] { 0, 1, 40 })
            {
                await TryAsync(bench, ++number, write, kept);
            }
        }

        Console.WriteLine($"{writes} writes, {number - 1} cuts");
    }

    public static IEnumerable<object[]> AllBrokers => Brokers.All;

    private static string Nowhere => """{"host":"127.0.0.1","port":1}""";

    private static async Task<long> TryAsync(Bench bench, int number, int cutAtWrite, int kept)
    {
        SimulatedDevice device = bench.BootOnline(number);
        bench.RunFor(65);
        long before = device.Chip.Flash.Writes;
        device.PowerBackAfterMs = 1000;
        if (cutAtWrite > 0)
        {
            device.Chip.Flash.CutPowerAtWrite(cutAtWrite, kept);
        }

        await bench.Client.PublishAsync(
            $"m2m/{device.Id}/request",
            """{"jsonrpc":"2.0","id":"set","method":"settings.set","params":{"values":{"broker":""" + Nowhere + """}},"from":"trial"}""");
        bench.WaitFor(() => device.State != LinkState.Online, "the request was not carried out");
        bench.RunFor(Limit + 120);
        long writes = device.Chip.Flash.Writes - before;

        // On a busy host a try may have failed, and the next pause is up to five minutes.
        bench.Scheduler.RunUntil(() => device.State == LinkState.Online, 900_000);
        Assert.AreEqual(LinkState.Online, device.State, $"cut at write {cutAtWrite}, torn after {kept}");
        Assert.AreEqual(bench.Broker.Port, device.Settings?.Broker.Port, $"cut at write {cutAtWrite}, torn after {kept}");
        device.Stop();
        bench.RunFor(5);
        return writes;
    }

    private static Task<Received> SetAsync(Bench bench, SimulatedDevice device, string broker) => bench.SendAsync(
        device,
        """{"jsonrpc":"2.0","id":"set","method":"settings.set","params":{"values":{"broker":""" + broker + """}},"from":"trial"}""",
        "trial");
}
