using System.Buffers;
using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Protocol;
using Scenarios.Harness;
using Scenarios.Protocol;

namespace Scenarios.Outages;

/// <summary>
/// A client that receives the telemetry and reads the counters of the devices. After each restart of the broker it
/// subscribes again while virtual time stands still: no device can publish before.
/// </summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, DeviceAccount> _accounts = new();
    private readonly ConcurrentDictionary<string, Received> _answers = new();
    private readonly MessageCheck? _check = ProtocolCheck.Begin();
    private IMqttClient? _client;

    public DeviceAccount this[string deviceId] => _accounts.GetOrAdd(deviceId, _ => new DeviceAccount());

    public async Task ConnectAsync(int port)
    {
        _client?.Dispose();
        _client = new MqttClientFactory().CreateMqttClient();
        _client.ApplicationMessageReceivedAsync += OnMessage;
        await LoopbackBroker.ConnectAsync(_client, port);
        await _client.SubscribeAsync("m2m/+/telemetry", MqttQualityOfServiceLevel.AtLeastOnce);
        await _client.SubscribeAsync("m2m/+/response/+", MqttQualityOfServiceLevel.AtLeastOnce);
    }

    public Task AskAsync(string deviceId, string method, string id) => _client!.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic($"m2m/{deviceId}/request")
        .WithPayload($$"""{"jsonrpc":"2.0","id":"{{id}}","method":"{{method}}","from":"{{id}}"}""")
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build());

    public Received? Answer(string deviceId, string id) => _answers.GetValueOrDefault($"m2m/{deviceId}/response/{id}");

    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        foreach (DeviceAccount account in _accounts.Values)
        {
            account.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private Task OnMessage(MqttApplicationMessageReceivedEventArgs e)
    {
        string topic = e.ApplicationMessage.Topic;
        string[] levels = topic.Split('/');
        byte[] payload = e.ApplicationMessage.Payload.ToArray();
        ProtocolCheck.Take(_check, topic, payload);
        if (levels[2] == "telemetry")
        {
            this[levels[1]].Arrived(payload);
        }
        else
        {
            _answers[topic] = new Received(topic, payload, false);
        }

        return Task.CompletedTask;
    }
}
