using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using M2m.Client.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;

namespace M2m.Tests.Harness;

/// <summary>A device that responds with what the test gives it.</summary>
internal sealed class FakeDevice : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly string _prefix;

    private FakeDevice(string id, string prefix)
    {
        Id = id;
        _prefix = prefix;
        _client.ApplicationMessageReceivedAsync += OnMessage;
        Methods["ping"] = _ => "{\"uptime\":7}";
        Methods["methods"] = _ => "{" + string.Join(',', Methods.Keys.Order().Select(name => $"\"{name}\":{{{(name == "read" ? "\"maxAge\":\"seconds\"" : string.Empty)}}}")) + "}";
    }

    public string Id { get; }

    public Dictionary<string, Func<JsonNode, string>> Methods { get; } = [];

    public ConcurrentQueue<JsonNode> Requests { get; } = new();

    /// <summary>The topics on which they came.</summary>
    public ConcurrentQueue<string> Doors { get; } = new();

    public Action<string, byte[]>? Other { get; set; }

    public static async Task<FakeDevice> StartAsync(ITestBroker broker, string id = "esp32-020000000001", string prefix = "m2m", string? status = null)
    {
        var device = new FakeDevice(id, prefix);
        await MqttHandshake.ConnectAsync(
            device._client,
            version => new MqttClientOptionsBuilder().WithProtocolVersion(version).WithTcpServer("127.0.0.1", broker.Port).WithClientId(id).Build(),
            only: null,
            CancellationToken.None);
        await device._client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter($"{prefix}/{id}/request", MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter($"{prefix}/group/all/request", MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter($"{prefix}/{id}/query", MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter($"{prefix}/group/all/query", MqttQualityOfServiceLevel.AtLeastOnce)
            .Build());
        await device.PublishAsync("status", status ?? $$$"""{"state":"online","id":"{{{id}}}","version":"0.1.0","boot":3,"time":1795366425,"health":{"signal":-61}}""", true);
        return device;
    }

    public Task SubscribeAsync(string topic) => _client.SubscribeAsync(topic);

    public string Topic(string level) => $"{_prefix}/{Id}/{level}";

    public Task PublishAsync(string level, string payload, bool retain = false) => PublishToAsync($"{_prefix}/{Id}/{level}", payload, retain);

    public Task PublishToAsync(string topic, string payload, bool retain) => _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(topic)
        .WithPayload(payload)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag(retain)
        .Build());

    public Task LeaveAsync() => _client.DisconnectAsync();

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            await _client.DisconnectAsync();
        }

        _client.Dispose();
    }

    private Task OnMessage(MqttApplicationMessageReceivedEventArgs e)
    {
        if (e.ApplicationMessage.Topic.EndsWith("/request", StringComparison.Ordinal) || e.ApplicationMessage.Topic.EndsWith("/query", StringComparison.Ordinal))
        {
            Doors.Enqueue(e.ApplicationMessage.Topic);
            return OnRequest(JsonNode.Parse(e.ApplicationMessage.Payload.ToArray())!);
        }

        Other?.Invoke(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
        return Task.CompletedTask;
    }

    private async Task OnRequest(JsonNode request)
    {
        Requests.Enqueue(request);
        string method = (string)request["method"]!;
        string answer;
        try
        {
            answer = Methods.TryGetValue(method, out Func<JsonNode, string>? invoke)
                ? $"\"result\":{invoke(request["params"] ?? new JsonObject())}"
                : "\"error\":{\"code\":-32601,\"message\":\"Method not found\"}";
        }
        catch (RefusedException refused)
        {
            answer = $"\"error\":{refused.Message}";
        }

        // A silent method.
        if (answer != "\"result\":")
        {
            await PublishAsync($"response/{(string)request["from"]!}", $$$"""{"jsonrpc":"2.0","id":{{{request["id"]!.ToJsonString()}}},{{{answer}}}}""");
        }
    }
}

/// <summary>The error object of a response.</summary>
internal sealed class RefusedException(string error) : Exception(error);
