using System.Collections.Concurrent;
using System.Globalization;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;

namespace Scenarios.Harness;

/// <summary>A broker, a client, and simulated devices in virtual time: time moves only when the test moves it.</summary>
internal sealed class Bench : IAsyncDisposable
{
    /// <summary>Real time after which something that should come is taken for missing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<SimulationEvent> _log = new();
    private readonly bool _ownsBroker;
    private int _requests;

    private Bench(ITestBroker broker, bool ownsBroker, DateTime? startUtc = null)
    {
        Broker = broker;
        _ownsBroker = ownsBroker;
        Time = new VirtualTime(startUtc);
        Scheduler = new Scheduler(Time);
        Client = new TestClient();
    }

    public ITestBroker Broker { get; }

    public VirtualTime Time { get; }

    public Scheduler Scheduler { get; }

    public TestClient Client { get; private set; }

    /// <summary>All that the devices reported, in order.</summary>
    public IReadOnlyCollection<SimulationEvent> Log => _log;

    /// <param name="broker">Which broker.</param>
    /// <param name="filter">What the client keeps of all that passes.</param>
    public static Task<Bench> StartAsync(string broker = Brokers.Mqttnet, string filter = "m2m/#") => StartAsync(Brokers.Create(broker), filter);

    /// <param name="broker">One that is not started yet.</param>
    /// <param name="filter">What the client keeps of all that passes.</param>
    /// <param name="startUtc">When the world begins; null: always at the same moment.</param>
    public static async Task<Bench> StartAsync(ITestBroker broker, string filter = "m2m/#", DateTime? startUtc = null)
    {
        var bench = new Bench(broker, ownsBroker: true, startUtc);
        await bench.Broker.StartAsync();
        await bench.Client.ConnectAsync(bench.Broker.Port, filter);
        return bench;
    }

    /// <summary>At a broker that runs already, and goes on afterwards. The client has yet to connect.</summary>
    public static Bench At(ITestBroker broker, DateTime? startUtc = null) => new(broker, ownsBroker: false, startUtc);

    /// <summary>Boots a device with one BME280, whose radio joins at once.</summary>
    public SimulatedDevice Boot(int number = 1, string more = "", DeviceOptions? options = null)
    {
        SimulatedDevice device = Add(number, more, options);
        device.Boot();
        return device;
    }

    /// <summary>Builds one that is still to boot.</summary>
    public SimulatedDevice Add(int number = 1, string more = "", DeviceOptions? options = null)
    {
        options ??= new DeviceOptions();
        return Scheduler.Add(number, options with { InstantJoin = true, Settings = options.Settings ?? Settings(more) }, _log.Enqueue);
    }

    public string Settings(string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"broker":{"host":"127.0.0.1","port":{{Broker.Port}}}{{more}}}""");

    public SimulatedDevice BootOnline(int number = 1, string more = "", DeviceOptions? options = null)
    {
        SimulatedDevice device = Boot(number, more, options);
        ComeOnline(device);
        return device;
    }

    /// <summary>Lets time run until the device is online, and the client has received its status.</summary>
    public void ComeOnline(SimulatedDevice device, int seconds = 5)
    {
        Scheduler.RunUntil(() => device.State == LinkState.Online, seconds * 1000L);
        WaitFor(() => Status(device) is "online", "the device does not come online");
    }

    /// <summary>Lets the devices take what comes in, without moving time, until something holds.</summary>
    public void WaitFor(Func<bool> condition, string otherwise)
    {
        if (!Scheduler.PumpUntil(condition, Patience))
        {
            Assert.Fail($"{otherwise}; under way: {Time.DescribeHolds()}; last seen: {string.Join("; ", _log.TakeLast(8).Select(e => $"{e.Time:T} {e.Type} {e.Text} {e.Reason} {e.Topic}"))}");
        }
    }

    public void RunFor(int seconds) => Scheduler.RunFor(seconds * 1000L);

    public IEnumerable<Received> Telemetry(SimulatedDevice device) => Client.On($"m2m/{device.Id}/telemetry");

    public IEnumerable<Received> Events(SimulatedDevice device, string type) =>
        Client.On($"m2m/{device.Id}/event").Where(message => message.Json.GetProperty("type").GetString() == type);

    public string? Status(SimulatedDevice device) =>
        Client.On($"m2m/{device.Id}/status").LastOrDefault()?.Json.GetProperty("state").GetString();

    /// <summary>Publishes bytes on a device's request topic and waits for what comes on the client's response topic.</summary>
    public Task<Received> SendAsync(SimulatedDevice device, string request, string client = "any") => SendAsync(device, "request", request, client);

    /// <summary>The same on its query topic.</summary>
    public Task<Received> QueryAsync(SimulatedDevice device, string request, string client = "any") => SendAsync(device, "query", request, client);

    private async Task<Received> SendAsync(SimulatedDevice device, string level, string request, string client)
    {
        string topic = $"m2m/{device.Id}/response/{client}";
        int before = Client.On(topic).Count();
        await Client.PublishAsync($"m2m/{device.Id}/{level}", request);
        WaitFor(() => Client.On(topic).Count() > before, "no answer to " + request[..Math.Min(request.Length, 120)]);
        return Client.On(topic).ElementAt(before);
    }

    public Task<Received> RequestAsync(SimulatedDevice device, string method, string parameters = "{}", string more = "") =>
        SendAsync(device, $$"""{"jsonrpc":"2.0","id":"t{{++_requests}}","method":"{{method}}","params":{{parameters}},"from":"tester"{{more}}}""", "tester");

    /// <summary>Replaces the client after the broker was restarted.</summary>
    public async Task ReconnectClientAsync()
    {
        await Client.DisposeAsync();
        Client = new TestClient();
        await Client.ConnectAsync(Broker.Port);
    }

    public async ValueTask DisposeAsync()
    {
        Scheduler.StopAll(TimeSpan.FromSeconds(5));
        await Client.DisposeAsync();
        if (_ownsBroker)
        {
            await Broker.DisposeAsync();
        }

        Scheduler.Dispose();
    }
}
