using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Vendor;

/// <summary>A device set to MQTT 5, and brokers that do not work with it.</summary>
[TestClass]
public sealed class VersionTests
{
    private const string Version5 = ""","interval":5,"mqtt":{"version":"5"}""";
    private const byte Old = 4;

    // As NATS (a code of MQTT 5), as an old mosquitto (one of MQTT 3.1.1), and one that says nothing.
    [TestMethod]
    [DataRow(new byte[] { 0x20, 3, 0, 0x84, 0 }, DisplayName = "refused with 132")]
    [DataRow(new byte[] { 0x20, 2, 0, 1 }, DisplayName = "refused with 1")]
    [DataRow(new byte[0], DisplayName = "closed")]
    public async Task A_broker_that_refuses_version_5_is_used_with_the_old_one(byte[] connack)
    {
        var broker = new ScriptedBroker();
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.Add(more: Version5);
        broker.Connack = connect => connect.ClientId != device.Id || connect.Version == Old ? Accepted(connect) : connack;
        device.Boot();
        bench.ComeOnline(device, seconds: 20);

        bench.WaitFor(() => bench.Events(device, "mqtt-version").Any(), "no event");
        Assert.AreEqual("3.1.1", bench.Events(device, "mqtt-version").Single().Json.GetProperty("version").GetString());
        CollectionAssert.AreEqual(new byte[] { 5, 4 }, Versions(broker, device));
    }

    // The client waits 30 s for it, and until then there is no second one.
    [TestMethod]
    public async Task A_broker_that_never_answers_version_5_is_used_with_the_old_one()
    {
        var broker = new ScriptedBroker();
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.Add(more: Version5);
        broker.Ignores = connect => connect.ClientId == device.Id && connect.Version != Old;
        device.Boot();
        bench.ComeOnline(device, seconds: 60);

        bench.WaitFor(() => bench.Events(device, "mqtt-version").Any(), "no event");
        CollectionAssert.AreEqual(new byte[] { 5, 4 }, Versions(broker, device));
    }

    // mosquitto acknowledges so what nobody has subscribed to.
    [TestMethod]
    public async Task Readings_arrive_at_a_broker_whose_acknowledgements_are_lost_under_version_5()
    {
        var broker = new ScriptedBroker { Puback = publish => publish.Topic.EndsWith("/ping", StringComparison.Ordinal) ? [] : [0x10] };
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.Add(more: Version5);
        broker.Puback = publish => publish.ClientId == device.Id && Versions(broker, device)[^1] != Old && !publish.Topic.EndsWith("/ping", StringComparison.Ordinal) ? [0x10] : [];
        device.Boot();

        bench.Scheduler.RunUntil(() => Versions(broker, device) is [.., Old] && device.State == LinkState.Online, 60_000);
        CollectionAssert.AreEqual(new byte[] { 5, 4 }, Versions(broker, device));
        bench.RunFor(4);
        int waiting = (await bench.RequestAsync(device, "info")).Json.GetProperty("result").GetProperty("outbox").GetInt32();
        Assert.IsLessThanOrEqualTo(1, waiting);
        Assert.AreEqual("acknowledgements do not arrive", bench.Events(device, "mqtt-version").Single().Json.GetProperty("reason").GetString());
    }

    [TestMethod]
    public async Task A_real_broker_without_any_subscriber_gets_the_readings_of_a_device_that_is_set_to_version_5()
    {
        ITestBroker broker = Brokers.Create(Brokers.Mosquitto);
        await using Bench bench = await Bench.StartAsync(broker, "m2m/+/response/#");
        SimulatedDevice device = bench.Boot(more: Version5);
        bench.Scheduler.RunUntil(() => device.State == LinkState.Online, 10_000);

        bench.RunFor(94);
        int waiting = (await bench.RequestAsync(device, "info")).Json.GetProperty("result").GetProperty("outbox").GetInt32();
        Assert.IsLessThanOrEqualTo(1, waiting);
    }

    // Whether the client returns the code or throws is chance: 16 devices have met both.
    [TestMethod]
    public async Task The_reason_of_a_refusal_is_reported_in_words_whatever_the_client_does()
    {
        var broker = new ScriptedBroker();
        await using Bench bench = await Bench.StartAsync(broker);
        var reasons = new System.Collections.Concurrent.ConcurrentQueue<string>();
        broker.Connack = connect => connect.ClientId.Contains("-02", StringComparison.Ordinal) ? ScriptedBroker.Connack4(5) : Accepted(connect);
        for (int number = 1; number <= 16; number++)
        {
            bench.Scheduler.Add(number, new DeviceOptions { InstantJoin = true, Settings = bench.Settings() }, e => Note(e, reasons)).Boot();
        }

        bench.RunFor(1);
        CollectionAssert.AreEqual(new[] { "broker: not authorized (reason 5)" }, reasons.Distinct().ToArray());
        Assert.IsGreaterThanOrEqualTo(16, reasons.Count);
    }

    private static void Note(SimulationEvent e, System.Collections.Concurrent.ConcurrentQueue<string> reasons)
    {
        if (e.Type == "state" && !string.IsNullOrEmpty(e.Reason))
        {
            reasons.Enqueue(e.Reason);
        }
    }

    private static byte[] Accepted(ScriptedConnect connect) => connect.Version == Old ? ScriptedBroker.Connack4(0) : ScriptedBroker.Connack5(0);

    private static byte[] Versions(ScriptedBroker broker, SimulatedDevice device) =>
        [.. broker.Connects.Where(connect => connect.ClientId == device.Id).Select(connect => connect.Version)];
}
