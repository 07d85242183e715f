using System.Collections.Concurrent;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Firmware.Connectivity;

namespace Scenarios.Outages;

[TestClass]
public sealed class BackoffTests
{
    private const int Devices = 1000;

    [TestMethod]
    public async Task A_thousand_devices_that_lose_the_broker_for_30_s_come_back_spread_out()
    {
        int most = await LoseBrokerAsync(30);

        Assert.IsLessThan(Devices / 10, most);
    }

    [TestMethod]
    public async Task Twenty_devices_are_back_within_20_s_of_the_last_of_fifty_short_outages()
    {
        await using OutageBench bench = await OutageBench.StartAsync();
        bench.Boot(20, bench.Broker.Port, 3600);
        bench.RunUntilAllOnline();

        for (int i = 0; i < 50; i++)
        {
            SetBroker(bench, false);
            bench.RunFor(1);
            SetBroker(bench, true);
            bench.RunFor(i < 49 ? 9 : 20);
        }

        Assert.IsEmpty(bench.Devices.Where(device => device.State != LinkState.Online).Select(device => device.Id));
    }

    private static async Task<int> LoseBrokerAsync(int seconds)
    {
        var online = new ConcurrentQueue<long>();
        await using OutageBench bench = await OutageBench.StartAsync();
        bench.Boot(Devices, bench.Broker.Port, 3600, watch: e =>
        {
            if (e is { Type: "state", Text: "online" })
            {
                online.Enqueue(e.Time.Ticks / TimeSpan.TicksPerSecond);
            }
        });
        bench.RunUntilAllOnline();
        bench.RunFor(ConnectionMachine.SettleTime / 1000);
        bench.RunUntilAllOnline();
        online.Clear();
        SetBroker(bench, false);
        bench.RunFor(seconds);
        Assert.IsTrue(bench.Devices.All(device => device.State != LinkState.Online));
        Assert.IsEmpty(online);

        SetBroker(bench, true);
        long back = bench.Scheduler.Time.UtcNow.Ticks / TimeSpan.TicksPerSecond;
        bench.RunUntilAllOnline();

        var perSecond = online.GroupBy(second => second - back).OrderBy(group => group.Key).Select(group => (Second: group.Key, Count: group.Count())).ToList();
        int most = perSecond.Max(group => group.Count);
        Console.WriteLine($"outage {seconds} s: at most {most} connects in a second, all back after {perSecond[^1].Second} s");
        Console.WriteLine(string.Join(' ', perSecond.Select(group => $"{group.Second}:{group.Count}")));
        Assert.HasCount(Devices, online);
        return most;
    }

    private static void SetBroker(OutageBench bench, bool isReachable)
    {
        foreach (SimulatedDevice device in bench.Devices)
        {
            device.Chip.Radio.BrokerReachable = isReachable;
        }
    }
}
