using System.Text.Json;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Updates;
using Scenarios.Harness;
using Scenarios.Updates;

namespace Scenarios.RealBrokers;

/// <summary>
/// What a fleet needs of a broker, at one that runs for the whole class. Each test has a device of its own: the broker
/// keeps the sessions and statuses of the others.
/// </summary>
/// <typeparam name="TBroker">The broker.</typeparam>
public abstract class RealBrokerTests<TBroker>
    where TBroker : class, ITestBroker, new()
{
    private static TBroker? s_broker;

    /// <summary>Whether it delivers retained messages to wildcards.</summary>
    protected virtual bool RetainsForWildcards => true;

    private static TBroker Broker => s_broker ?? throw new InvalidOperationException("not started");

    [ClassCleanup(InheritanceBehavior.BeforeEachDerivedClass)]
#pragma warning disable CA1000 // MSTest wants it static
    public static async Task StopBrokerAsync()
#pragma warning restore CA1000
    {
        if (s_broker is not null)
        {
            await s_broker.DisposeAsync();
            s_broker = null;
        }
    }

    [TestMethod]
    public async Task Device_reports_and_answers()
    {
        await using Bench bench = await StartAsync();
        SimulatedDevice device = bench.BootOnline(11, ""","groups":["hall"]""");

        bench.RunFor(20);
        bench.WaitFor(() => bench.Telemetry(device).Count() >= 3, "no telemetry");
        JsonElement read = RequestTests.Result(await bench.RequestAsync(device, "read"));
        string answer = $"m2m/{device.Id}/response/viewer";
        await bench.Client.PublishAsync("m2m/group/hall/request", """{"jsonrpc":"2.0","id":"g1","method":"ping","params":{"spread":0},"from":"viewer"}""");
        bench.WaitFor(() => bench.Client.On(answer).Any(), "the group does not answer");

        Assert.AreEqual(JsonValueKind.Array, read.ValueKind);
        Assert.AreEqual("g1", bench.Client.On(answer).Single().Json.GetProperty("id").GetString());
    }

    [TestMethod]
    public async Task Presence_is_retained_and_a_lost_connection_is_published()
    {
        await using Bench bench = await StartAsync();
        SimulatedDevice device = bench.BootOnline(21);
        string topic = $"m2m/{device.Id}/status";

        Assert.AreEqual("online", await RetainedAsync(topic, "state"));
        device.CutPower();
        bench.WaitFor(() => bench.Status(device) == "lost", "the will is not published");
        Assert.AreEqual("lost", await RetainedAsync(topic, "state"));
        device.Restart();
        bench.ComeOnline(device, 60);
    }

    [TestMethod]
    public async Task Wildcard_gets_what_is_retained_where_the_documentation_says_so()
    {
        await using Bench bench = await StartAsync();
        SimulatedDevice device = bench.BootOnline(71);
        await using var client = new TestClient();

        await client.ConnectAsync(Broker.Port, "m2m/#");
        bench.RunFor(20);
        bench.WaitFor(() => client.On($"m2m/{device.Id}/telemetry").Any(), "no telemetry");

        Assert.AreEqual(RetainsForWildcards, client.On($"m2m/{device.Id}/status").Any(message => message.Retain));
    }

    [TestMethod]
    public async Task Request_waits_for_a_device_that_is_away()
    {
        await using Bench bench = await StartAsync();
        SimulatedDevice device = bench.BootOnline(81);
        string answer = $"m2m/{device.Id}/response/viewer";

        device.CutPower();
        bench.WaitFor(() => bench.Status(device) == "lost", "the will is not published");
        await bench.Client.PublishAsync($"m2m/{device.Id}/request", """{"jsonrpc":"2.0","id":"w1","method":"ping","from":"viewer"}""");
        device.Restart();
        bench.ComeOnline(device, 60);
        bench.WaitFor(() => bench.Client.On(answer).Any(), "the request did not wait");

        Assert.AreEqual("w1", bench.Client.On(answer).First().Json.GetProperty("id").GetString());
    }

    [TestMethod]
    public async Task Outbox_drains_without_a_subscriber()
    {
        await RequireAsync();
        await using Bench bench = Bench.At(Broker);
        SimulatedDevice device = bench.Boot(31);

        Assert.IsTrue(bench.Scheduler.RunUntil(() => device.State == LinkState.Online, 60_000), "it does not come online");
        bench.RunFor(300);
        Assert.IsTrue(bench.Scheduler.RunUntil(() => device.Figures.Outbox == 0, 60_000), $"{device.Figures.Outbox} readings wait");

        Assert.IsGreaterThanOrEqualTo(30, device.Figures.Readings);
        Assert.AreEqual(device.Figures.Readings, device.Deliveries.ReadingsAcknowledged);
        Assert.AreEqual(device.Deliveries.PacksSent, device.Deliveries.PacksAcknowledged, "a pack was sent again");
        Assert.AreEqual(0, device.Figures.Reconnects);
    }

    [TestMethod]
    public async Task Device_comes_back_after_the_broker_was_killed_and_nothing_is_missing()
    {
        await using Bench bench = await StartAsync();
        SimulatedDevice device = bench.BootOnline(41);
        bench.RunFor(30);
        Assert.IsTrue(bench.Scheduler.RunUntil(() => device.Figures.Outbox == 0, 60_000), "the outbox does not drain");
        bench.WaitFor(() => Arrived(bench, device) == device.Figures.Readings, "what is acknowledged does not arrive");
        long before = Arrived(bench, device);

        await Broker.KillAsync();
        bench.RunFor(60);
        await Broker.StartAsync();
        await bench.ReconnectClientAsync();
        Assert.IsTrue(bench.Scheduler.RunUntil(() => device.State == LinkState.Online && device.Figures.Outbox == 0, 120_000), "the outbox does not drain");
        bench.WaitFor(() => before + Arrived(bench, device) == device.Figures.Readings, "a reading is missing");

        Assert.IsGreaterThan(before + 5, device.Figures.Readings, "none was measured meanwhile");
        Assert.AreEqual(0, device.Figures.Dropped);
        Assert.AreEqual(1, device.Figures.Reconnects);
        RequestTests.Result(await bench.RequestAsync(device, "ping"));
    }

    [TestMethod]
    public async Task Update_is_transferred_tried_and_confirmed()
    {
        await using var bench = new UpdateBench(await StartAsync());
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        SimulatedDevice device = bench.BootOnline(51, ""","interval":15""");

        await bench.UpdateAsync(device, release);

        Assert.AreEqual("0.2.0", bench.Version(device));
    }

    [TestMethod]
    public async Task M2m_finds_and_asks_the_device()
    {
        await using Bench bench = await StartAsync();
        SimulatedDevice device = bench.BootOnline(61);
        string url = ((ITestBroker)Broker).Url;

        string devices = await SucceedAsync(bench, "devices", "--json", "--broker", url);
        string watched = await SucceedAsync(bench, "watch", "--json", "--count", "40", "--broker", url);
        string answer = await SucceedAsync(bench, "request", device.Id, "ping", "--broker", url);

        StringAssert.Contains(devices, $"{{\"device\":\"{device.Id}\",\"state\":\"online\"");
        StringAssert.Contains(watched, $"\"device\":\"{device.Id}\",\"type\":\"status\"");
        StringAssert.Contains(answer, "uptime");
    }

    [TestMethod]
    public async Task Native_sim_loses_nothing()
    {
        await RequireAsync();

        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunFastAsync(1_801, "--prefix", "sim", "--devices", "5", "--interval", "60", "--broker", ((ITestBroker)Broker).Url);

        string text = outcome.Summary.ToString();
        Assert.AreEqual(5 * 31, outcome.Figure("readings"), text);
        Assert.AreEqual(outcome.Figure("sent"), outcome.Figure("acknowledged"), text);
        Assert.AreEqual(0, outcome.Figure("lost"), text);
        Assert.AreEqual(0, outcome.Figure("unseen"), text);
        Assert.AreEqual(0, outcome.Figure("outbox"), text);
    }

    /// <summary>Ends the test when it is not installed.</summary>
    protected abstract void RequireInstalled();

    // Readings; a pack that came again counts once.
    private static long Arrived(Bench bench, SimulatedDevice device) => bench.Telemetry(device)
        .Select(message => PackReadings.Read(message.Payload)!).DistinctBy(pack => pack.Sequence).Sum(pack => pack.Times.Count);

    private static async Task<string?> RetainedAsync(string topic, string member)
    {
        await using var client = new TestClient();
        await client.ConnectAsync(Broker.Port, topic);
        for (int i = 0; i < 1000 && !client.On(topic).Any(); i++)
        {
            await Task.Delay(10);
        }

        return client.On(topic).FirstOrDefault()?.Json.GetProperty(member).GetString();
    }

    private static async Task<string> SucceedAsync(Bench bench, params string[] arguments)
    {
        (int exitCode, string text) = await OperatorProgram.RunAsync(bench.Scheduler, arguments);
        Assert.AreEqual(0, exitCode, text);
        return text;
    }

    private async Task RequireAsync()
    {
        RequireInstalled();
        if (s_broker is null)
        {
            s_broker = new TBroker();
            await s_broker.StartAsync();
        }
    }

    private async Task<Bench> StartAsync()
    {
        await RequireAsync();
        Bench bench = Bench.At(Broker);
        await bench.Client.ConnectAsync(Broker.Port);
        return bench;
    }
}
