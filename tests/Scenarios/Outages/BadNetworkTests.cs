using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;

namespace Scenarios.Outages;

[TestClass]
public sealed class BadNetworkTests
{
    // And a second for the loop, which may just be measuring.
    private const double OneAndAHalfKeepAlives = 45 + 1;
    private const double TwoMessagesSentThreeTimes = (2 * 3) + 1 + 1;

    [TestMethod]
    [DataRow(1, TwoMessagesSentThreeTimes)]
    [DataRow(86400, OneAndAHalfKeepAlives)]
    public async Task A_half_open_connection_is_found_within_one_and_a_half_keep_alives(int interval, double bound)
    {
        await using OutageBench bench = await OutageBench.StartAsync();
        await using var proxy = new TcpProxy(bench.Broker.Port);
        string? reason = null;
        bench.Boot(1, proxy.Port, interval, watch: e => reason = e.Type == "state" ? e.Reason : reason);
        bench.RunUntilAllOnline();
        SimulatedDevice device = bench.Devices[0];
        foreach (double quiet in new[] { 0, 22, 61 })
        {
            bench.RunFor(quiet);
            Assert.AreEqual(LinkState.Online, device.State);

            bench.Stall(proxy);
            double took = bench.RunUntil(() => device.State != LinkState.Online, 600, "it is not found");
            string? found = reason;
            proxy.Cut(reset: true);
            bench.Release(proxy);
            bench.RunUntilAllOnline();

            Console.WriteLine($"interval {interval} s, stalled after {quiet} s: found after {took:0.0} s: {found}");
            Assert.IsLessThanOrEqualTo(bound, took);
        }

        await bench.AssertNothingIsMissingAsync(interval);
    }

    [TestMethod]
    [DynamicData(nameof(AllBrokers))]
    public async Task Nothing_is_missing_after_a_network_that_stalls_cuts_and_delays(string broker)
    {
        var random = new Random(7);
        await using OutageBench bench = await OutageBench.StartAsync(broker);
        await using var proxy = new TcpProxy(bench.Broker.Port);
        bench.Boot(3, proxy.Port, interval: 1);
        for (int i = 0; i < 12; i++)
        {
            bench.RunUntilAllOnline();
            bench.RunFor(random.Next(20_000) / 1000.0);
            proxy.DelayMs = i % 3 == 2 ? random.Next(1, 4) : 0;
            if (i % 3 == 0)
            {
                // Shorter than it takes to be found: what was held back comes late, after it was sent again, or never.
                bench.Stall(proxy);
                bench.RunFor(random.Next(1, 15));
                if (i % 2 == 0)
                {
                    proxy.Cut(reset: true);
                }

                bench.Release(proxy);
            }
            else
            {
                await CutInTheMiddleAsync(bench, proxy, random.Next(1, 40), reset: i % 2 == 0);
            }
        }

        proxy.DelayMs = 0;
        await bench.AssertNothingIsMissingAsync(1);
    }

    public static IEnumerable<object[]> AllBrokers => Brokers.All;

    private static async Task CutInTheMiddleAsync(OutageBench bench, TcpProxy proxy, int packets, bool reset)
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int left = packets;
        proxy.Packet = async (link, packet) =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                await link.TryPassAsync(packet, packet.Bytes.Length / 2);
                proxy.Cut(reset);
                cut.SetResult();
            }
        };
        bench.RunUntil(() => cut.Task.IsCompleted, 300, "nothing passes");
        await cut.Task;
        proxy.Packet = null;
    }
}
