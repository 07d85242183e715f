using System.Collections.Concurrent;
using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Vendor;

/// <summary>Brokers that refuse subscriptions, and that limit what they take.</summary>
[TestClass]
public sealed class BrokerLimitTests
{
    private const string Version5 = ""","interval":5,"mqtt":{"version":"5"}""";

    [TestMethod]
    [DataRow("3.1.1", (byte)0x80, "refused (reason 128)")]
    [DataRow("5", (byte)0x87, "not authorized (reason 135)")]
    public async Task A_refused_subscription_is_reported_and_granted_later_without_a_reconnection(string version, byte code, string reason)
    {
        var broker = new ScriptedBroker();
        bool isGranted = false;
        broker.Grants = filter => filter.EndsWith("group/all/request", StringComparison.Ordinal) && !isGranted ? code : (byte)1;
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline(more: $$""","mqtt":{"version":"{{version}}"}""");

        bench.WaitFor(() => bench.Events(device, "subscription-refused").Any(), "no event");
        JsonElement refused = bench.Events(device, "subscription-refused").Single().Json;
        Assert.AreEqual("m2m/group/all/request " + reason, refused.GetProperty("filter").GetString() + " " + refused.GetProperty("reason").GetString());
        Assert.AreEqual("m2m/group/all/request", Connection(bench, device).GetProperty("refused")[0].GetString());

        isGranted = true;
        bench.RunFor(30);
        bench.WaitFor(() => !Connection(bench, device).TryGetProperty("refused", out _), "the status does not change");
        Assert.HasCount(1, broker.Connects.Where(connect => connect.ClientId == device.Id));
        await bench.Client.PublishAsync("m2m/group/all/request", """{"jsonrpc":"2.0","id":1,"method":"ping","from":"tester"}""");
        for (int i = 0; i < 100 && !bench.Client.On($"m2m/{device.Id}/response/tester").Any(); i++)
        {
            bench.RunFor(1);
            await Task.Delay(20);
        }

        Assert.IsTrue(bench.Client.On($"m2m/{device.Id}/response/tester").Any(), "the group's request is not answered");
    }

    [TestMethod]
    public async Task No_packet_has_more_than_8_filters()
    {
        var broker = new ScriptedBroker();
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline(more: ""","groups":["a","b","c","d","e","f","g","h"]""");
        string[][] packets = [.. broker.Subscribes.Where(packet => packet.ClientId == device.Id).Select(packet => packet.Filters)];
        Assert.IsGreaterThan(1, packets.Length);
        Assert.IsLessThanOrEqualTo(8, packets.Max(packet => packet.Length));
        Assert.AreEqual(packets.Sum(packet => packet.Length), packets.SelectMany(packet => packet).Distinct().Count());
    }

    // Maximum packet size 512, receive maximum 3, server keep-alive 10 s.
    [TestMethod]
    public async Task The_limits_of_a_connack_are_kept()
    {
        const int Largest = 512;
        var broker = new ScriptedBroker();
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.Add(more: ""","interval":1,"mqtt":{"version":"5","burst":1000}""");
        int connections = 0;
        broker.Connack = connect => connect.ClientId != device.Id ? Accepted(connect)
            : ++connections == 1 ? ScriptedBroker.Connack5(0x88) : ScriptedBroker.Connack5(0, 0x27, 0, 0, Largest >> 8, Largest & 255, 0x21, 0, 3, 0x13, 0, 10);
        device.Boot();
        bench.Scheduler.RunUntil(() => device.State == LinkState.Online, 60_000);

        // What was read before the first connection lasts for several packs.
        bench.RunFor(30);
        string page = (await bench.RequestAsync(device, "settings.get")).Text;
        Assert.Contains("\"next\"", page);
        int[] sizes = [.. broker.Publishes.Where(p => p.ClientId == device.Id).Select(p => p.Payload.Length + p.Topic.Length)];
        Assert.IsLessThanOrEqualTo(Largest, sizes.Max());
        JsonElement info = (await bench.RequestAsync(device, "health")).Json.GetProperty("result");
        Assert.IsLessThanOrEqualTo(1, info.GetProperty("outbox").GetInt32());
    }

    // Virtual time: a ping of the client would count the host's.
    [TestMethod]
    public async Task A_broker_with_a_keep_alive_of_its_own_receives_messages_in_time()
    {
        var broker = new ScriptedBroker();
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.Add(more: ""","interval":86400,"status":{"interval":0},"mqtt":{"version":"5"}""");
        broker.Connack = connect => connect.ClientId != device.Id ? Accepted(connect) : ScriptedBroker.Connack5(0, 0x13, 0, 10);
        device.Boot();
        bench.ComeOnline(device);

        for (int i = 0; i < 10; i++)
        {
            int before = broker.Publishes.Count;
            bench.RunFor(12);
            Assert.IsGreaterThan(before, broker.Publishes.Count, "nothing came within 1.2 keep-alives");
        }
    }

    [TestMethod]
    public async Task A_broker_that_retains_nothing_is_used_without_retain()
    {
        var broker = new ScriptedBroker();
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.Add(more: Version5);
        broker.Connack = connect => connect.ClientId == device.Id && connect.RetainsWill ? ScriptedBroker.Connack5(0x9A) : Accepted(connect);
        device.Boot();
        bench.ComeOnline(device, seconds: 20);

        bench.WaitFor(() => bench.Events(device, "retain-refused").Any(), "no event");
        Assert.AreEqual("broker: retain not supported (reason 154)", bench.Events(device, "retain-refused").Single().Json.GetProperty("reason").GetString());
        Assert.IsFalse(Connection(bench, device).GetProperty("retain").GetBoolean());
        Assert.IsFalse(broker.Publishes.Any(p => p.ClientId == device.Id && p.IsRetained));
        CollectionAssert.AreEqual(new byte[] { 5, 5 }, broker.Connects.Where(c => c.ClientId == device.Id).Select(c => c.Version).ToArray());
    }

    [TestMethod]
    public async Task A_broker_that_takes_no_more_than_QoS_0_is_named()
    {
        var broker = new ScriptedBroker();
        await using Bench bench = await Bench.StartAsync(broker);
        var reasons = new ConcurrentQueue<string>();
        SimulatedDevice device = bench.Scheduler.Add(
            1, new DeviceOptions { InstantJoin = true, Settings = bench.Settings(Version5) }, e => reasons.Enqueue(e.Type + " " + e.Reason));
        broker.Connack = connect => connect.ClientId == device.Id ? ScriptedBroker.Connack5(0x9B) : Accepted(connect);
        device.Boot();
        bench.RunFor(1);
        CollectionAssert.Contains(reasons.ToArray(), "state broker: QoS 1 not supported (reason 155)");
    }

    [TestMethod]
    [DataRow((byte)0x8E, "taken over by another client with this id (reason 142)")]
    [DataRow((byte)0x9C, "use another server (reason 156)")]
    [DataRow((byte)0x9D, "server moved (reason 157)")]
    public async Task The_end_of_a_connection_that_the_broker_wants_is_named(byte code, string reason)
    {
        var broker = new ScriptedBroker();
        await using Bench bench = await Bench.StartAsync(broker);
        var reasons = new ConcurrentQueue<string>();
        SimulatedDevice device = bench.Scheduler.Add(
            1, new DeviceOptions { InstantJoin = true, Settings = bench.Settings(Version5) }, e => reasons.Enqueue(e.Type + " " + e.Reason));
        device.Boot();
        bench.ComeOnline(device);
        broker.Drop(client => client == device.Id, 0xE0, 2, code, 0);
        bench.Scheduler.RunUntil(() => device.State != LinkState.Online, 10_000);
        bench.Scheduler.RunUntil(() => device.State == LinkState.Online, 60_000);

        CollectionAssert.Contains(reasons.ToArray(), "state broker: " + reason);
        JsonElement failure = (await bench.RequestAsync(device, "info")).Json.GetProperty("result").GetProperty("bootRecord").GetProperty("exception");
        Assert.AreEqual("broker: " + reason, failure.GetProperty("message").GetString());
    }

    // It takes messages and forgets them, as one whose disk is full.
    [TestMethod]
    [DataRow(5)]
    [DataRow(60)]
    [DataRow(600)]
    [DataRow(3600)]
    public async Task A_relay_that_is_switched_without_acknowledgements_is_right_in_the_status_within_a_minute_of_their_return(int seconds)
    {
        var broker = new ScriptedBroker();
        await using Bench bench = await Bench.StartAsync(broker);
        bench.Time.AnswerPatienceMs = 20;
        SimulatedDevice device = bench.BootOnline(more: ""","actuators":{"relay":{"pin":5}}""");
        bool isDeaf = true;
        broker.Puback = publish => isDeaf && publish.ClientId == device.Id ? null : [];
        broker.PassesOn = publish => !isDeaf || publish.ClientId != device.Id;
        await bench.Client.PublishAsync($"m2m/{device.Id}/request", """{"jsonrpc":"2.0","method":"actuators.set","params":{"name":"relay","on":true}}""");
        bench.WaitFor(() => broker.Publishes.Any(p => p.ClientId == device.Id && p.Topic.EndsWith("/status", StringComparison.Ordinal)
            && p.Payload.AsSpan().IndexOf("\"relay\":true"u8) >= 0), "the relay is not switched");
        bench.RunFor(seconds);
        Assert.IsFalse(Relay(), "the broker has passed it on");

        isDeaf = false;
        long end = bench.Time.NowMs + 60_000;
        bench.Scheduler.RunTo(end, CancellationToken.None);
        bench.WaitFor(Relay, "the status is wrong after " + (bench.Time.NowMs - end + 60_000) + " ms");

        bool Relay() => bench.Client.On($"m2m/{device.Id}/status").Last().Json.GetProperty("actuators").GetProperty("relay").GetBoolean();
    }

    // As an access rule that forbids to publish: the broker acknowledges, and nobody gets it.
    [TestMethod]
    public async Task Readings_that_the_broker_swallows_stay_and_arrive_once_it_does_not()
    {
        var broker = new ScriptedBroker();
        bool isAllowed = false;
        broker.PassesOn = publish => isAllowed || !publish.Topic.EndsWith("/telemetry", StringComparison.Ordinal);
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline(more: ""","interval":5""");
        bench.RunFor(40);
        bench.WaitFor(() => bench.Events(device, "telemetry-refused").Any(), "no event");
        Assert.AreEqual("telemetry-refused", Connection(bench, device).GetProperty("telemetry").GetString());
        int waiting = (await bench.RequestAsync(device, "health")).Json.GetProperty("result").GetProperty("outbox").GetInt32();
        Assert.IsGreaterThan(6, waiting);

        isAllowed = true;
        bench.RunFor(75);
        bench.WaitFor(() => bench.Events(device, "telemetry-recovered").Any(), "no recovery");
        waiting = (await bench.RequestAsync(device, "health")).Json.GetProperty("result").GetProperty("outbox").GetInt32();
        Assert.IsLessThanOrEqualTo(1, waiting);
        Assert.HasCount(1, broker.Unsubscribes);
    }

    [TestMethod]
    [DataRow(Brokers.Mqttnet)]
    [DataRow(Brokers.Mosquitto)]
    public async Task A_pack_comes_back_from_a_real_broker_at_once(string name)
    {
        await using Bench bench = await Bench.StartAsync(name);
        SimulatedDevice device = bench.BootOnline(more: ""","interval":5""");
        bench.RunFor(61);
        int waiting = (await bench.RequestAsync(device, "health")).Json.GetProperty("result").GetProperty("outbox").GetInt32();
        Assert.IsLessThanOrEqualTo(1, waiting);
        Assert.IsEmpty(bench.Events(device, "telemetry-refused"));
        Assert.IsGreaterThan(11, bench.Telemetry(device).Count());
    }

    private static byte[] Accepted(ScriptedConnect connect) => connect.Version == 4 ? ScriptedBroker.Connack4(0) : ScriptedBroker.Connack5(0);

    private static JsonElement Connection(Bench bench, SimulatedDevice device) =>
        bench.Client.On($"m2m/{device.Id}/status").Last().Json.GetProperty("connection");
}
