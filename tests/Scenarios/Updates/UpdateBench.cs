using System.Globalization;
using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Updates;
using Scenarios.Harness;

namespace Scenarios.Updates;

/// <summary>A bench whose devices have room for images, an operator's releases, and a server of their blocks.</summary>
internal sealed class UpdateBench : IAsyncDisposable
{
    public UpdateBench(Bench bench) => Bench = bench;

    public Bench Bench { get; }

    public ReleaseShelf Shelf { get; } = new();

    /// <summary>The server; null until a test starts it.</summary>
    public BlockServing? Server { get; private set; }

    public static async Task<UpdateBench> StartAsync(string broker = Brokers.Mqttnet, string filter = "m2m/#") =>
        new(await Bench.StartAsync(broker, filter));

    /// <summary>What a device that can be updated is built from.</summary>
    public static DeviceOptions Options => new() { FlashBytes = 1024 * 1024, UpdateKeys = [ReleaseShelf.Key] };

    /// <summary>A setting: an offer that the broker keeps is taken up without delay.</summary>
    public static string AtOnce => ""","update":{"delay":0}""";

    public static string Settings(int port, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"broker":{"host":"127.0.0.1","port":{{port}}},"interval":15{{more}}}""");

    public SimulatedDevice BootOnline(int number = 1, string more = "", DeviceOptions? options = null) => Bench.BootOnline(number, more, options ?? Options);

    /// <summary>Boots many devices, and waits until all are online.</summary>
    public List<SimulatedDevice> BootFleet(int count, int port, string more = "")
    {
        List<SimulatedDevice> devices = [.. Enumerable.Range(1, count).Select(number =>
            Bench.Add(number, options: Options with { Settings = Settings(port, more) }))];
        devices.ForEach(device => device.Boot());
        Assert.IsTrue(Bench.Scheduler.RunUntil(() => devices.TrueForAll(device => device.State == LinkState.Online), 900_000), "not all come online");
        return devices;
    }

    /// <summary>Serves what is on the shelf now.</summary>
    public async Task ServeAsync()
    {
        await StopServingAsync();
        Server = await BlockServing.StartAsync(Bench.Broker.Port, Shelf.Open());
    }

    public Task<Received> OfferAsync(SimulatedDevice device, Release release, bool isForced = true) =>
        Bench.RequestAsync(device, Offer.Method, ReleaseShelf.Offer(release, isForced).ToJsonString());

    /// <summary>Has the broker keep the offer for all devices.</summary>
    public Task OfferToAllAsync(Release release) =>
        Bench.Client.PublishAsync($"m2m/update/{ReleaseShelf.Board}/manifest", Offer.Payload(release.ManifestBytes, release.Signature!), retain: true);

    /// <summary>How many times a state was reported, over all devices.</summary>
    public int CountReported(string state) =>
        Bench.Client.Messages.Count(message => message.Topic.EndsWith("/event", StringComparison.Ordinal) && message.Text.Contains($"\"state\":\"{state}\"", StringComparison.Ordinal));

    /// <summary>Has a device updated, to the end.</summary>
    public async Task UpdateAsync(SimulatedDevice device, Release release)
    {
        await ServeAsync();
        RequestTests.Result(await OfferAsync(device, release));
        string version = release.Version.ToString();
        bool IsConfirmed() => Reported(device, "confirmed").Any(update => update.GetProperty("version").GetString() == version);
        Assert.IsTrue(Bench.Scheduler.RunUntil(IsConfirmed, 900_000), $"{version} is not confirmed");
    }

    /// <summary>What it has asked the servers for.</summary>
    public IEnumerable<JsonElement> Gets(SimulatedDevice device) =>
        Bench.Client.On($"m2m/{device.Id}/update/get").Select(message => message.Json);

    /// <summary>The update events of a device with this state.</summary>
    public IEnumerable<JsonElement> Reported(SimulatedDevice device, string state) =>
        Bench.Events(device, "update").Select(message => message.Json).Where(update => update.GetProperty("state").GetString() == state);

    /// <summary>Lets time run until the device has reported a state.</summary>
    public JsonElement RunUntilReported(SimulatedDevice device, string state, int seconds = 900)
    {
        Assert.IsTrue(
            Bench.Scheduler.RunUntil(() => Reported(device, state).Any(), seconds * 1000L),
            $"no event '{state}'; reported: {string.Join(", ", Bench.Events(device, "update").Select(message => message.Text))}");
        return Reported(device, state).Last();
    }

    /// <summary>The version that the device says it runs.</summary>
    public string? Version(SimulatedDevice device) =>
        Bench.Client.On($"m2m/{device.Id}/status").LastOrDefault(message => message.Json.TryGetProperty("version", out _))?.Json.GetProperty("version").GetString();

    public async ValueTask DisposeAsync()
    {
        await StopServingAsync();
        await Bench.DisposeAsync();
        Shelf.Dispose();
    }

    private async Task StopServingAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }
}
