using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;
using M2m.Client.Mqtt;
using Scenarios.Harness;

namespace Scenarios.Outages;

/// <summary>native-sim's own subscriber does not call lost what it only could not see.</summary>
[TestClass]
public sealed class ObserverTests
{
    private const int Minute = 60;
    private const int Packs = 6;

    [TestMethod]
    public async Task What_was_acknowledged_before_the_broker_was_killed_is_unseen()
    {
        await using ITestBroker broker = Brokers.Create(Brokers.Mosquitto);
        await broker.StartAsync();
        await using var proxy = new TcpProxy(broker.Port);
        await using Bench bench = Bench.At(broker);
        SimulatedDevice device = bench.Boot();
        var ledger = new Ledger(bench.Scheduler.Devices, "m2m");
        using TelemetryListener listener = Listen(bench, ledger, proxy);

        Drain(bench, device);
        proxy.Stall();
        bench.RunFor(Minute);
        Drain(bench, device);
        await broker.KillAsync();
        proxy.Cut(reset: true);
        proxy.Release();
        bench.WaitFor(() => !listener.IsListening, "it does not notice");
        await broker.StartAsync();
        bench.WaitFor(() => listener.IsListening, "it does not come back");
        bench.RunFor(Minute);
        Drain(bench, device);
        listener.CatchUp();

        Summary summary = ledger.Sum(DateTime.UnixEpoch, isWatched: true);
        Assert.AreEqual(0, summary.Lost, summary.Text);
        Assert.IsInRange(1, Packs, summary.Unseen!.Value, summary.Text);
    }

    [TestMethod]
    public async Task What_the_broker_dropped_for_a_slow_subscriber_is_unseen()
    {
        Brokers.Require(MosquittoBroker.Executable, "mosquitto");
        await using var broker = new MosquittoBroker { More = "sys_interval 1\nmax_inflight_messages 1\nmax_queued_messages 1\n" };
        await broker.StartAsync();
        await using var proxy = new TcpProxy(broker.Port);
        await using Bench bench = Bench.At(broker);
        SimulatedDevice device = bench.Boot();
        var ledger = new Ledger(bench.Scheduler.Devices, "m2m");
        using TelemetryListener listener = Listen(bench, ledger, proxy);

        Drain(bench, device);
        listener.CatchUp();
        Assert.AreEqual(0, ledger.Sum(DateTime.UnixEpoch, isWatched: true).Unseen);
        proxy.Stall();
        bench.RunFor(Minute);
        Drain(bench, device);
        proxy.Release();
        listener.CatchUp();

        Summary summary = ledger.Sum(DateTime.UnixEpoch, isWatched: true);
        Assert.AreEqual(0, summary.Lost, summary.Text);
        Assert.IsInRange(1, Packs, summary.Unseen!.Value, summary.Text);
    }

    private static TelemetryListener Listen(Bench bench, Ledger ledger, TcpProxy proxy)
    {
        var listener = new TelemetryListener(new BrokerAddress("127.0.0.1", proxy.Port, null, null), only: null, ledger, bench.Time);
        listener.Start();
        Assert.IsTrue(listener.HasListened);
        return listener;
    }

    // To where the broker has acknowledged all that was measured.
    private static void Drain(Bench bench, SimulatedDevice device) =>
        Assert.IsTrue(bench.Scheduler.RunUntil(() => device.Figures.Readings > 0 && device.Figures.Outbox == 0, Minute * 1000), "the outbox does not drain");
}
