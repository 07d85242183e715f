using Boards.NativeSim.World;
using Scenarios.Harness;
using Scenarios.Outages;

namespace Scenarios.Power;

/// <summary>
/// The connection ends in the middle of a wake: MQTTnet lives on and tells the will, mosquitto is killed and has
/// forgotten everything when it starts again.
/// </summary>
[TestClass]
public sealed class BrokerGoneTests
{
    private const string Client = "tester";

    public static IEnumerable<object[]> Cases =>
        Brokers.All.SelectMany(broker => Enum.GetValues<BreakMoment>().Select(moment => new object[] { broker[0], moment }));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public async Task Nothing_is_lost_when_the_broker_goes_in_the_middle_of_a_wake(string broker, BreakMoment moment)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        await using var proxy = new TcpProxy(bench.Broker.Port);
        Sleeper sleeper = await BreakAsync(bench, proxy, broker, moment);
        sleeper.RunWakes(3, 4 * Sleeper.Interval);

        sleeper.AssertNothingIsMissing();
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public async Task Presence_is_right_after_the_broker_went_in_the_middle_of_a_wake(string broker, BreakMoment moment)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        await using var proxy = new TcpProxy(bench.Broker.Port);
        Sleeper sleeper = await BreakAsync(bench, proxy, broker, moment);

        // Where the broker lives on, the device is back within the same wake; one that was killed knows it from the next on.
        sleeper.RunWakes(broker == Brokers.Mqttnet ? 0 : 2, 3 * Sleeper.Interval);
        bench.WaitFor(() => bench.Status(sleeper.Device) is "sleeping", "taken for " + bench.Status(sleeper.Device));
    }

    /// <summary>An answer that the broker did not get is lost: the vendor's client has acknowledged the request before.</summary>
    [TestMethod]
    [DataRow(BreakMoment.BeforeTelemetry)]
    [DataRow(BreakMoment.AfterAnswer)]
    public async Task Request_is_answered_though_the_connection_ends(BreakMoment moment)
    {
        await using Bench bench = await Bench.StartAsync();
        await using var proxy = new TcpProxy(bench.Broker.Port);
        Sleeper sleeper = await BreakAsync(bench, proxy, Brokers.Mqttnet, moment);
        sleeper.RunWakes(1, 2 * Sleeper.Interval);

        bench.WaitFor(() => bench.Client.On($"m2m/{sleeper.Device.Id}/response/{Client}").Any(), "no answer");
    }

    // Two wakes in peace, then one in which the connection ends, with a request that waits for it.
    private static async Task<Sleeper> BreakAsync(Bench bench, TcpProxy proxy, string broker, BreakMoment moment)
    {
        Sleeper sleeper = Sleeper.Boot(bench, port: proxy.Port);
        sleeper.RunWakes(3, 3 * Sleeper.Interval);
        bench.RunFor(10);
        await bench.Client.PublishAsync($"m2m/{sleeper.Device.Id}/request", $$"""{"jsonrpc":"2.0","id":"a","method":"read","from":"{{Client}}"}""");
        var breaker = new LinkBreaker(bench, proxy, moment) { Kills = broker == Brokers.Mosquitto };
        proxy.Packet = breaker.SeeAsync;
        int before = sleeper.Wakes.Count;
        if (moment == BreakMoment.Listening)
        {
            // In steps: a jump to the next moment at which something is due would be one to the end of listening.
            long end = bench.Time.NowMs + 400_000;
            while (!(breaker.IsAnswered && sleeper.Device.Unacknowledged == 0) && bench.Time.NowMs < end)
            {
                bench.Scheduler.RunFor(100);
            }

            bench.Scheduler.RunFor(300);
            Assert.AreEqual((true, LinkState.Online), (breaker.IsAnswered, sleeper.Device.State), "it does not listen");
            await breaker.BreakAsync();
        }

        Assert.IsTrue(bench.Scheduler.RunUntil(() => breaker.Broken.IsCompleted, 400_000), "the moment did not come");
        await breaker.Broken;
        proxy.Packet = null;
        Assert.AreEqual(before, sleeper.Wakes.Count, "it slept before");
        sleeper.RunWakes(1, 60);
        if (broker == Brokers.Mosquitto)
        {
            sleeper.Packs();
            await bench.Broker.StartAsync();
            await bench.ReconnectClientAsync();
        }

        return sleeper;
    }
}
