using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using MQTTnet;
using MQTTnet.Protocol;
using Scenarios.Harness;

namespace Scenarios.Gateway;

/// <summary>
/// A gateway with 16 numbered meters of eight channels, each asked every 10 s, in virtual time; a receiver at the broker that
/// keeps numbers alone.
/// </summary>
internal sealed class GatewayRun : IAsyncDisposable
{
    public const int Children = 16;
    public const int Interval = 10;
    private const int LatencyMs = 40;
    private const int OutboxSize = 131072;
    private const int Percent = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly MqttnetBroker _broker = new();
    private readonly Scheduler _scheduler = new(new VirtualTime());
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentDictionary<string, JsonElement> _answers = new();
    private readonly ConcurrentDictionary<string, int> _events = new();
    private readonly Random _noise;
    private int _requests;

    private GatewayRun(int seed)
    {
        _noise = new Random(seed);
        Account = new ValueAccount(_scheduler.Time.StartUtc);
        Meters = [.. Enumerable.Range(1, Children).Select(address => new NumberedMeter(address))];
    }

    public SimulatedDevice Device { get; private set; } = null!;

    public ValueAccount Account { get; }

    public IReadOnlyList<NumberedMeter> Meters { get; }

    /// <summary>Of how many answers in a hundred a bit turns.</summary>
    public int NoisePercent { get; set; }

    /// <summary>Answers with a bit turned.</summary>
    public int Damaged { get; private set; }

    /// <summary>When the device has stopped, and whether by a restart.</summary>
    public List<(long Ms, bool IsRestart)> Stops { get; } = [];

    /// <summary>How often each type of event came.</summary>
    public IReadOnlyDictionary<string, int> Events => _events;

    public long NowMs => _scheduler.Time.NowMs;

    public static async Task<GatewayRun> StartAsync(int seed)
    {
        var run = new GatewayRun(seed);
        await run._broker.StartAsync();
        run._client.ApplicationMessageReceivedAsync += run.OnMessage;
        await LoopbackBroker.ConnectAsync(run._client, run._broker.Port);
        foreach (string level in new[] { "telemetry", "event", "response/+" })
        {
            await run._client.SubscribeAsync("m2m/+/" + level, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        run.Boot(seed);
        return run;
    }

    public void At(long ms, Action action) => _scheduler.At(ms, action);

    public void RunTo(long ms) => _scheduler.RunTo(ms, CancellationToken.None);

    /// <summary>Asks for a restart, as soon as the device is online.</summary>
    public void RequestRestart() => RequestAsync("restart").GetAwaiter().GetResult();

    /// <summary>Lets time run until nothing waits, and all that was acknowledged has been received.</summary>
    /// <returns>What the device says of itself, and the moment before which all has arrived that will.</returns>
    public async Task<(JsonElement Info, long BeforeMs)> SettleAsync()
    {
        Assert.IsTrue(_scheduler.RunUntil(() => Device.State == LinkState.Online && Device.Figures.Outbox == 0, 3_600_000), $"the outbox does not drain: {Device.State}, {Device.Figures}");
        long before = NowMs;
        for (int i = 0; i < 20; i++)
        {
            string id = await RequestAsync("info");
            Assert.IsTrue(_scheduler.RunUntil(() => Device.State == LinkState.Online, 900_000), "the device does not come online");
            bool IsAnswered() => _answers.ContainsKey(id);
            _scheduler.RunUntil(IsAnswered, 5_000);
            if (_scheduler.PumpUntil(() => IsAnswered() || Device.State != LinkState.Online, Patience) && IsAnswered())
            {
                JsonElement info = _answers[id];
                _answers.Clear();
                return (info, before);
            }
        }

        throw new AssertFailedException("the device does not answer");
    }

    public async ValueTask DisposeAsync()
    {
        _scheduler.StopAll(TimeSpan.FromSeconds(5));
        _client.Dispose();
        await _broker.DisposeAsync();
        _scheduler.Dispose();
    }

    private void Boot(int seed)
    {
        string children = string.Join(',', Enumerable.Range(1, Children).Select(address => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "m{{address}}":{"address":{{address}},"interval":{{Interval}},{{(address == 1 ? $"\"registers\":\"{NumberedMeter.Registers}\"" : "\"like\":\"m1\"")}}}
            """)));
        string settings = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"broker":{"host":"127.0.0.1","port":{{{_broker.Port}}}},"interval":3600,"outbox":{"size":{{{OutboxSize}}}},"gateway":{"timeout":200},"children":{{{{children}}}}}""");
        Device = _scheduler.Add(1, new DeviceOptions { Seed = seed, InstantJoin = true, Sensors = [], Settings = settings }, Watch);
        Device.PowerBackAfterMs = 5_000;
        Device.Chip.Radio.LatencyMs = LatencyMs;
        Device.Chip.Serial.Disturb = Pass;
        foreach (NumberedMeter meter in Meters)
        {
            Device.Chip.Serial.Attach(meter);
        }

        Device.Boot();
    }

    // An answer has reached the device.
    private byte[] Pass(byte[] answer)
    {
        lock (_noise)
        {
            if (_noise.Next(Percent) < NoisePercent)
            {
                Damaged++;
                byte[] damaged = (byte[])answer.Clone();
                damaged[_noise.Next(answer.Length)] ^= (byte)(1 << _noise.Next(8));
                return damaged;
            }
        }

        // One that comes when power is away is nobody's. A device that has left the broker, to restart, still reads its line.
        if (Device.Chip.Stop == ChipStop.None)
        {
            (int address, uint number) = NumberedMeter.Read(answer);
            Account.Give(address, number, NowMs);
        }

        return answer;
    }

    private void Watch(SimulationEvent e)
    {
        if (e.Type == "state" && e.Reason is "no power" or "the device restarts")
        {
            Stops.Add((NowMs, e.Reason != "no power"));
        }
    }

    private async Task<string> RequestAsync(string method)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"r{++_requests}");
        await _client.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic($"m2m/{Device.Id}/request")
            .WithPayload($$"""{"jsonrpc":"2.0","id":"{{id}}","method":"{{method}}","from":"{{id}}"}""")
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build());
        return id;
    }

    private Task OnMessage(MqttApplicationMessageReceivedEventArgs e)
    {
        string[] levels = e.ApplicationMessage.Topic.Split('/');
        byte[] payload = e.ApplicationMessage.Payload.ToArray();
        if (levels[2] == "telemetry")
        {
            Account.Receive(payload);

            // The simulator's own account remembers what it does not know to have arrived.
            Device.Deliveries.Arrived(payload);
            return Task.CompletedTask;
        }

        using JsonDocument document = JsonDocument.Parse(payload);
        if (levels[2] == "event")
        {
            _events.AddOrUpdate(document.RootElement.GetProperty("type").GetString()!, 1, (_, count) => count + 1);
        }
        else if (document.RootElement.TryGetProperty("result", out JsonElement result))
        {
            _answers[levels[^1]] = result.Clone();
        }

        return Task.CompletedTask;
    }
}
