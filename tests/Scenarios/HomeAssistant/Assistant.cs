using System.Text.Json;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.HomeAssistant;

/// <summary>Knows no more of a device than its discovery messages, as Home Assistant does, and reads with their templates.</summary>
internal sealed class Assistant : IAsyncDisposable
{
    private readonly Templates _templates = new();
    private readonly TestClient _client = new();
    private readonly Bench _bench;

    private Assistant(Bench bench)
    {
        _bench = bench;
    }

    /// <summary>The entities that there are, by their topics.</summary>
    public IReadOnlyDictionary<string, JsonElement> Entities => _client.Messages
        .GroupBy(message => message.Topic)
        .Where(group => group.Last().Payload.Length > 0)
        .ToDictionary(group => group.Key, group => group.Last().Json);

    public static async Task<Assistant> StartAsync(Bench bench)
    {
        var assistant = new Assistant(bench);
        await assistant._client.ConnectAsync(bench.Broker.Port, "homeassistant/#");
        return assistant;
    }

    public JsonElement Entity(SimulatedDevice device, string component, string objectId) => Entities[$"homeassistant/{component}/{device.Id}/{objectId}/config"];

    /// <summary>The state that an entity has after all messages: what gives nothing changes nothing.</summary>
    public string? StateOf(JsonElement entity) => StatesOf(entity).LastOrDefault(state => state.Length > 0);

    /// <summary>What its template gives for each message, in order.</summary>
    public IEnumerable<string> StatesOf(JsonElement entity) => _bench.Client.On(TopicOf(entity, entity.TryGetProperty("stat_t", out _) ? "stat_t" : "t"))
        .Select(message => _templates.OfMessage(entity.GetProperty("val_tpl").GetString()!, message.Json, _bench.Time.UtcNow));

    public bool IsAvailable(JsonElement entity)
    {
        Received status = _bench.Client.On(TopicOf(entity, "avty_t")).Last();
        return _templates.OfMessage(entity.GetProperty("avty_tpl").GetString()!, status.Json, _bench.Time.UtcNow) switch
        {
            "online" => true,
            "offline" => false,
            string other => throw new AssertFailedException(other),
        };
    }

    /// <summary>Sets a number.</summary>
    public Task SetAsync(JsonElement number, double value) =>
        _client.PublishAsync(TopicOf(number, "cmd_t"), _templates.OfValue(number.GetProperty("cmd_tpl").GetString()!, value));

    /// <summary>Turns a switch on or off.</summary>
    public Task TurnAsync(JsonElement device, bool on) =>
        _client.PublishAsync(TopicOf(device, "cmd_t"), device.GetProperty(on ? "pl_on" : "pl_off").GetString()!);

    /// <summary>All that the broker retains has come when this returns.</summary>
    public Task CatchUpAsync() => _client.CatchUpAsync();

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _templates.Dispose();
    }

    private static string TopicOf(JsonElement entity, string key) =>
        entity.GetProperty(key).GetString()!.Replace("~", entity.GetProperty("~").GetString(), StringComparison.Ordinal);
}
