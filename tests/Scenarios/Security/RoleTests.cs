using System.Collections.Concurrent;
using System.Text;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using Scenarios.Harness;

namespace Scenarios.Security;

/// <summary>The configuration of security.md and enroll.md at a real mosquitto: each role can do what it should and nothing else.</summary>
[TestClass]
public sealed class RoleTests
{
    private const string Device = "esp32-020000000001";
    private const string New = "bootstrap";
    private const string Other = "esp32-020000000002";

    // What passes in two sites, without the prefix "m2m/".
    private static readonly string[] Topics =
    [
        .. from site in new[] { "hall", "roof", "enroll" }
           from device in new[] { Device, Other }
           from level in new[] { "status", "telemetry", "event", "log", "ping", "response/a", "update/get", "request", "query", "update/block/0-2-0/3" }
           select $"{site}/{device}/{level}",
        "hall/group/all/request", "hall/group/all/query", "roof/group/all/request", "roof/group/all/query",
        "hall/update/esp32/manifest", "roof/update/esp32/manifest",
        "hall/viewer-hall/status", "hall/operator-hall/status",
        $"../homeassistant/sensor/{Device}/temperature/config", $"../homeassistant/sensor/{Other}/temperature/config", "../homeassistant/status",
        "../other", "../m2m",
    ];

    // The roles, and what each may publish and read: patterns in which + is one level, * the id of any device.
    public static IEnumerable<object[]> Roles =>
    [
        [Device,
            $"+/{Device}/status +/{Device}/telemetry +/{Device}/event +/{Device}/log +/{Device}/ping +/{Device}/response/+ +/{Device}/update/get ../homeassistant/+/{Device}/+/config",
            $"+/{Device}/telemetry +/{Device}/ping +/{Device}/request +/{Device}/query +/{Device}/update/block/+/+ +/group/+/request +/group/+/query +/update/+/manifest"],
        ["operator-hall", "hall/*/request hall/*/query hall/group/+/request hall/group/+/query", "hall/+/status hall/+/telemetry hall/+/event hall/+/log hall/*/response/+"],
        ["viewer-hall", "hall/*/query hall/group/+/query", "hall/+/status hall/+/telemetry hall/+/event hall/+/log hall/*/response/+"],
        ["recorder", "", "+/+/status +/+/telemetry +/+/event +/+/log"],
        ["update-server", "+/update/+/manifest +/*/update/block/+/+ +/*/query +/group/+/query", "+/+/status +/+/event +/*/response/+ +/*/update/get +/update/+/manifest"],
        ["homeassistant", "hall/*/request ../homeassistant/status", "hall/+/status hall/+/telemetry hall/+/event ../homeassistant/+/+/+/config ../homeassistant/status"],
        ["partner-hall", "", "hall/+/status hall/+/telemetry hall/+/event"],
        [New, $"enroll/{Device}/status enroll/{Device}/event enroll/{Device}/response/+ enroll/{Device}/ping", $"enroll/{Device}/ping enroll/{Device}/request enroll/{Device}/query"],
        ["enroller", "enroll/*/status +/*/request +/*/query", "enroll/+/event +/+/status +/*/response/+"],
        ["nobody", "", ""],
    ];

    private static SecuredMosquitto? s_broker;

    private static SecuredMosquitto Broker => s_broker ?? throw new InvalidOperationException("not started");

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        if (MosquittoBroker.Executable is not null)
        {
            s_broker = new SecuredMosquitto(Device, Other);
            await s_broker.StartAsync();
        }
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (s_broker is not null)
        {
            await s_broker.DisposeAsync();
        }
    }

    [TestInitialize]
    public void RequireInstalled() => Brokers.Require(MosquittoBroker.Executable, "mosquitto");

    [TestMethod]
    [DynamicData(nameof(Roles))]
    public async Task Role_publishes_what_it_should_and_nothing_else(string role, string publishes, string reads)
    {
        _ = reads;
        using IMqttClient client = await ConnectAsync(role);
        var published = new List<string>();
        foreach (string topic in Topics)
        {
            MqttClientPublishResult result = await client.PublishAsync(Message(topic));
            if (result.ReasonCode != MqttClientPublishReasonCode.NotAuthorized)
            {
                published.Add(topic);
            }
        }

        AssertSame(Matching(publishes), published);
    }

    [TestMethod]
    [DynamicData(nameof(Roles))]
    public async Task Role_reads_what_it_should_and_nothing_else(string role, string publishes, string reads)
    {
        _ = publishes;
        var received = new ConcurrentQueue<(string Topic, string Round)>();
        using IMqttClient client = await ConnectAsync(role);
        using IMqttClient all = new MqttClientFactory().CreateMqttClient();
        await LoopbackBroker.ConnectAsync(all, Broker.Port);
        client.ApplicationMessageReceivedAsync += e =>
        {
            received.Enqueue((e.ApplicationMessage.Topic, Encoding.UTF8.GetString(e.ApplicationMessage.Payload)));
            return Task.CompletedTask;
        };
        foreach (string filter in new[] { "#", "m2m/#", "+/+/+/+" })
        {
            await client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtMostOnce);
        }

        foreach (string round in new[] { "1", "2" })
        {
            foreach (string topic in Topics)
            {
                await all.PublishAsync(Message(topic, round));
            }
        }

        // In order: with the last of the second round all of the first has come.
        await client.PingAsync();
        string[] expected = [.. Matching(reads)];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!expected.All(topic => received.Contains((Whole(topic), "2"))) && !patience.IsCancellationRequested)
        {
            await Task.Delay(10);
        }

        AssertSame(expected.Select(Whole), received.Select(message => message.Topic).Distinct());
    }

    [TestMethod]
    public async Task Stranger_without_a_certificate_gets_nothing()
    {
        await RefusesAsync(() => Broker.ConnectAsync(Broker.PeoplePort, null));
        await RefusesAsync(() => Broker.ConnectAsync(Broker.DevicesPort, null));
    }

    [TestMethod]
    public async Task Certificate_of_another_authority_gets_nothing()
    {
        var other = new TestAuthority("people CA");
        await RefusesAsync(() => Broker.ConnectAsync(other, "operator-hall", Broker.PeoplePort));
    }

    [TestMethod]
    public async Task Person_is_no_device_and_a_device_is_no_person()
    {
        await RefusesAsync(() => Broker.ConnectAsync(Broker.People, Device, Broker.DevicesPort));
        await RefusesAsync(() => Broker.ConnectAsync(Broker.Devices, "operator-hall", Broker.PeoplePort));
    }

    [TestMethod]
    public async Task Bootstrap_credential_opens_one_door_and_no_other_opens_it()
    {
        await RefusesAsync(() => Broker.ConnectAsync(Broker.Bootstrap, Device, Broker.DevicesPort));
        await RefusesAsync(() => Broker.ConnectAsync(Broker.Bootstrap, "enroller", Broker.PeoplePort));
        await RefusesAsync(() => Broker.ConnectAsync(Broker.Devices, Device, Broker.BootstrapPort));
    }

    // What enroll.md says of it: it interrupts, and learns nothing.
    [TestMethod]
    public async Task Bootstrap_client_under_the_id_of_a_device_gets_nothing_of_what_waits_for_it()
    {
        const string Topic = $"m2m/hall/{Device}/request";
        using IMqttClient victim = await Broker.ConnectAsync(Broker.Devices, Device, Broker.DevicesPort, Device, isPersistent: true);
        await victim.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtLeastOnce);
        await victim.DisconnectAsync();
        using IMqttClient operatorOfHall = await ConnectAsync("operator-hall");
        await operatorOfHall.PublishAsync(Message($"hall/{Device}/request", "secret"));

        var received = new ConcurrentQueue<string>();
        using IMqttClient thief = await Broker.ConnectAsync(Broker.Bootstrap, New, Broker.BootstrapPort, Device, isPersistent: true, received.Enqueue);
        await operatorOfHall.PublishAsync(Message($"hall/{Device}/request", "secret"));
        await thief.SubscribeAsync($"m2m/enroll/{Device}/ping", MqttQualityOfServiceLevel.AtLeastOnce);
        await thief.PublishAsync(Message($"enroll/{Device}/ping"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (received.IsEmpty && !patience.IsCancellationRequested)
        {
            await Task.Delay(10);
        }

        Assert.AreEqual($"m2m/enroll/{Device}/ping", string.Join(' ', received));
    }

    [TestMethod]
    public async Task Device_cannot_take_the_session_of_another_over()
    {
        using IMqttClient victim = await Broker.ConnectAsync(Broker.Devices, Device, Broker.DevicesPort, Device);
        using IMqttClient thief = await Broker.ConnectAsync(Broker.Devices, Other, Broker.DevicesPort, Device);
        await thief.PingAsync();
        await victim.PingAsync();
        Assert.IsTrue(victim.IsConnected);
    }

    [TestMethod]
    public async Task Device_that_is_denied_before_the_patterns_publishes_nothing_and_others_do()
    {
        await using var broker = new SecuredMosquitto(Device) { LockedOut = Device };
        await broker.StartAsync();
        using IMqttClient locked = await broker.ConnectAsync(broker.Devices, Device, broker.DevicesPort);
        using IMqttClient other = await broker.ConnectAsync(broker.Devices, Other, broker.DevicesPort);
        Assert.AreEqual(MqttClientPublishReasonCode.NotAuthorized, (await locked.PublishAsync(Message($"hall/{Device}/status"))).ReasonCode);
        Assert.AreNotEqual(MqttClientPublishReasonCode.NotAuthorized, (await other.PublishAsync(Message($"hall/{Other}/status"))).ReasonCode);
    }

    [TestMethod]
    public async Task Viewer_reads_and_switches_nothing_and_an_operator_switches()
    {
        await using Bench bench = Bench.At(Broker);
        await bench.Client.ConnectAsync(Broker.Port, "m2m/#");
        SimulatedDevice device = bench.Boot(options: new DeviceOptions { Settings = Settings() });
        bench.WaitFor(() => Count(bench, "status", "\"online\"") > 0, "the device does not come online");
        using IMqttClient viewer = await ConnectAsync("viewer-hall");
        using IMqttClient operatorOfHall = await ConnectAsync("operator-hall");

        await SendAsync(viewer, "query", "settings.get", "v1", "{\"keys\":[\"broker\",\"wifi\"]}");
        bench.WaitFor(() => Count(bench, "response/v1", "result") > 0, "the viewer gets no response");
        await SendAsync(viewer, "query", "actuators.set", "v2", """{"name":"relay","on":true}""");
        bench.WaitFor(() => Count(bench, "response/v2", "-32003") > 0, "the viewer is not refused");
        Assert.AreEqual(MqttClientPublishReasonCode.NotAuthorized, await SendAsync(viewer, "request", "actuators.set", "v3", """{"name":"relay","on":true}"""));
        await SendAsync(operatorOfHall, "query", "actuators.list", "o1", "{}");
        bench.WaitFor(() => Count(bench, "response/o1", "result") > 0, "the operator gets no response");
        bool wasOn = Count(bench, "response/o1", "\"on\":true") > 0;
        await SendAsync(operatorOfHall, "request", "actuators.set", "o2", """{"name":"relay","on":true}""");
        bench.WaitFor(() => Count(bench, "response/o2", "\"on\":true") > 0, "the operator does not switch");

        Assert.IsFalse(wasOn);
        Assert.AreEqual(0, Count(bench, "response/v3", ""));
        Assert.AreEqual(0, bench.Client.Messages.Count(message => message.Text.Contains(SecuredMosquitto.DevicePassword, StringComparison.Ordinal)));
        Assert.IsGreaterThan(0, Count(bench, "event", "\"reason\":\"request-refused\",\"detail\":\"actuators.set from v2\""));
        Assert.AreEqual(LinkState.Online, device.State);
    }

    private static string Settings() =>
        $$"""{"prefix":"m2m/hall","actuators":{"relay":{"pin":5} },"broker":{"host":"127.0.0.1","port":{{Broker.PlainPort}},"user":"{{Device}}","password":"{{SecuredMosquitto.DevicePassword}}"} }""";

    private static int Count(Bench bench, string level, string text) =>
        bench.Client.On($"m2m/hall/{Device}/{level}").Count(message => message.Text.Contains(text, StringComparison.Ordinal));

    private static async Task<MqttClientPublishReasonCode> SendAsync(IMqttClient client, string level, string method, string from, string parameters)
    {
        string request = $$"""{"jsonrpc":"2.0","id":"{{from}}","method":"{{method}}","from":"{{from}}","params":{{parameters}} }""";
        return (await client.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic($"m2m/hall/{Device}/{level}").WithPayload(request).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build())).ReasonCode;
    }

    private static Task<IMqttClient> ConnectAsync(string role) => role == New
        ? Broker.ConnectAsync(Broker.Bootstrap, role, Broker.BootstrapPort, Device)
        : role == Device
        ? Broker.ConnectAsync(Broker.Devices, role, Broker.DevicesPort)
        : Broker.ConnectAsync(Broker.People, role, Broker.PeoplePort);

    private static async Task RefusesAsync(Func<Task<IMqttClient>> connect)
    {
        try
        {
            (await connect()).Dispose();
        }
        catch (Exception e) when (e is MqttCommunicationException or OperationCanceledException)
        {
            return;
        }

        Assert.Fail("the broker lets it in");
    }

    private static string Whole(string topic) => topic.StartsWith("../", StringComparison.Ordinal) ? topic[3..] : "m2m/" + topic;

    private static MqttApplicationMessage Message(string topic, string payload = "x") => new MqttApplicationMessageBuilder()
        .WithTopic(Whole(topic))
        .WithPayload(payload)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    private static IEnumerable<string> Matching(string patterns) =>
        from topic in Topics
        where patterns.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(pattern => Matches(pattern.Split('/'), topic.Split('/')))
        select topic;

    private static bool Matches(string[] pattern, string[] topic) =>
        pattern.Length == topic.Length && pattern.Zip(topic).All(level => (level.First == "+" && level.Second != "..") || level.First == level.Second || (level.First == "*" && level.Second is Device or Other));

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.AreEqual(string.Join('\n', expected.Order(StringComparer.Ordinal)), string.Join('\n', actual.Order(StringComparer.Ordinal)));
}
