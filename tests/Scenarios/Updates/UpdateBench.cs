using System.Text.Json;
using System.Text.Json.Nodes;
using Boards.NativeSim.Simulation;
using M2m.Updates;
using Scenarios.Harness;

namespace Scenarios.Updates;

/// <summary>A bench whose devices have room for images, an operator's releases, and a server of their blocks.</summary>
internal sealed class UpdateBench : IAsyncDisposable
{
    private UpdateBench(Bench bench) => Bench = bench;

    public Bench Bench { get; }

    public ReleaseShelf Shelf { get; } = new();

    /// <summary>The server; null until a test starts it.</summary>
    public BlockServing? Server { get; private set; }

    public static async Task<UpdateBench> StartAsync(string broker = Brokers.Mqttnet, string filter = "m2m/#") =>
        new(await Bench.StartAsync(broker, filter));

    /// <summary>What a device that can be updated is built from.</summary>
    public static DeviceOptions Options => new() { FlashBytes = 1024 * 1024, UpdateKeys = [ReleaseShelf.Key] };

    public SimulatedDevice BootOnline(int number = 1, string more = "") => Bench.BootOnline(number, more, Options);

    /// <summary>Serves what is on the shelf now.</summary>
    public async Task ServeAsync() => Server = await BlockServing.StartAsync(Bench.Broker.Port, Shelf.Open());

    public async Task<JsonElement> OfferAsync(SimulatedDevice device, Release release, bool isForced = true) =>
        (await Bench.RequestAsync(device, M2m.Updates.Offer.Method, ReleaseShelf.Offer(release, isForced).ToJsonString())).Json;

    public async Task<JsonElement> AskAsync(SimulatedDevice device, string method, JsonObject? parameters = null) =>
        (await Bench.RequestAsync(device, method, parameters?.ToJsonString() ?? "{}")).Json;

    /// <summary>What it has told of updates, by state.</summary>
    public IEnumerable<JsonElement> Told(SimulatedDevice device, string state) =>
        Bench.Events(device, "update").Select(message => message.Json).Where(told => told.GetProperty("state").GetString() == state);

    /// <summary>Lets time run until the device has told of a state.</summary>
    public JsonElement RunUntilTold(SimulatedDevice device, string state, int seconds = 900)
    {
        Assert.IsTrue(
            Bench.Scheduler.RunUntil(() => Told(device, state).Any(), seconds * 1000L),
            $"no event '{state}'; told: {string.Join(", ", Bench.Events(device, "update").Select(message => message.Text))}");
        return Told(device, state).Last();
    }

    /// <summary>The version that the device says it runs.</summary>
    public string? Version(SimulatedDevice device) =>
        Bench.Client.On($"m2m/{device.Id}/status").LastOrDefault(message => message.Json.TryGetProperty("version", out _))?.Json.GetProperty("version").GetString();

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        await Bench.DisposeAsync();
        Shelf.Dispose();
    }
}
