using System.Text;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Requests;

/// <summary>More requests at once than a device has memory for, and one that is larger than all of it.</summary>
[TestClass]
public sealed class FloodTests
{
    private const int ClientQueue = 64;
    private const int Pings = 30;

    [TestMethod]
    [DataRow(300, 50)]
    [DataRow(300, 4000)]
    [DataRow(1, 90_000)]
    public async Task Requests_at_once_cost_no_connection(int count, int bytes)
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","interval":5""");

        await SendAsync(bench, device, count, bytes);

        await CheckAsync(bench, device, count);
    }

    [TestMethod]
    [DataRow(200, 50)]
    [DataRow(100, 4000)]
    [DataRow(1, 90_000)]
    public async Task Requests_that_waited_in_the_session_cost_no_connection(int count, int bytes)
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","interval":5""");
        bench.RunFor(10);
        device.CutPower();
        await SendAsync(bench, device, count, bytes);

        device.Restart();
        bench.Scheduler.RunUntil(() => device.State == Boards.NativeSim.World.LinkState.Online, 5000);

        await CheckAsync(bench, device, count);
    }

    private static async Task SendAsync(Bench bench, SimulatedDevice device, int count, int bytes)
    {
        for (int i = 0; i < count; i++)
        {
            string request = $$"""{"jsonrpc":"2.0","id":{{i}},"method":"ping","from":"flood{{i % 20}}"}""";
            await bench.Client.PublishAsync($"m2m/{device.Id}/request", Encoding.UTF8.GetBytes(request.PadRight(bytes)));
        }
    }

    private static async Task CheckAsync(Bench bench, SimulatedDevice device, int count)
    {
        await PingAsync(bench, device);
        bench.RunFor(90);
        var counters = (await bench.RequestAsync(device, "info")).Json.GetProperty("result").GetProperty("counters");

        Assert.AreEqual(0, counters.GetProperty("reconnects").GetInt32(), "reconnects");
        Assert.AreEqual(0, counters.GetProperty("readingsDropped").GetInt32(), "readings dropped");
        int dropped = counters.GetProperty("messagesDropped").GetInt32();

        // A response may come twice. A request that finds the client's own queue full is not acknowledged: it stays in the
        // session.
        int answered = Enumerable.Range(0, 20)
            .SelectMany(i => bench.Client.On($"m2m/{device.Id}/response/flood{i}"))
            .Select(response => response.Json.GetProperty("id").GetInt32())
            .Distinct()
            .Count();
        Assert.IsInRange(Math.Max(1, count - ClientQueue), count + Pings, answered + dropped, $"{answered} responses and {dropped} dropped");
        Assert.AreEqual(dropped == 0 ? 0 : 1, bench.Events(device, "messages-dropped").Count(), "events about dropped messages");
    }

    // A request behind a flood may be dropped with it; its client asks again.
    private static async Task PingAsync(Bench bench, SimulatedDevice device)
    {
        string topic = $"m2m/{device.Id}/response/after";
        for (int i = 0; i < Pings && !bench.Client.On(topic).Any(); i++)
        {
            await bench.Client.PublishAsync($"m2m/{device.Id}/request", $$"""{"jsonrpc":"2.0","id":"after{{i}}","method":"ping","from":"after"}""");
            bench.RunFor(1);
        }

        bench.WaitFor(() => bench.Client.On(topic).Any(), "no answer within 30 s");
        Assert.IsTrue(bench.Client.On(topic).First().Json.TryGetProperty("result", out _));
    }
}
