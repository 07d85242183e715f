using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using Scenarios.Protocol;

namespace Scenarios.Harness;

/// <summary>A client that receives everything under the prefix, and checks what devices publish against the protocol.</summary>
internal sealed class TestClient : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentQueue<Received> _messages = new();
    private readonly MessageCheck? _check = ProtocolCheck.Begin();

    /// <summary>All that was received since the start, in order.</summary>
    public IReadOnlyCollection<Received> Messages => _messages;

    public async Task ConnectAsync(int port, string filter = "m2m/#")
    {
        _client.ApplicationMessageReceivedAsync += OnMessage;
        await LoopbackBroker.ConnectAsync(_client, port);
        await _client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce);
    }

    public Task PublishAsync(string topic, string payload, bool retain = false) => PublishAsync(topic, Encoding.UTF8.GetBytes(payload), retain);

    public Task PublishAsync(string topic, byte[] payload, bool retain = false) => _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(topic)
        .WithPayload(payload)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag(retain)
        .Build());

    public IEnumerable<Received> On(string topic) => _messages.Where(message => message.Topic == topic);

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
        var message = new Received(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray(), e.ApplicationMessage.Retain);
        ProtocolCheck.Take(_check, message.Topic, message.Payload);
        _messages.Enqueue(message);
        return Task.CompletedTask;
    }
}
