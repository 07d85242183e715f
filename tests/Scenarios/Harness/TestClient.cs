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
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentQueue<Received> _messages = new();
    private readonly MessageCheck? _check = ProtocolCheck.Begin();
    private readonly string _mark = $"mark/{Guid.NewGuid():N}";
    private TaskCompletionSource _marked = new();

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

    /// <summary>All that the broker had acknowledged to others before has come when this returns: it comes in order.</summary>
    public async Task CatchUpAsync()
    {
        _marked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _client.SubscribeAsync(_mark, MqttQualityOfServiceLevel.AtLeastOnce);
        await PublishAsync(_mark, string.Empty);
        await _marked.Task.WaitAsync(Patience);
    }

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
        if (e.ApplicationMessage.Topic == _mark)
        {
            _marked.TrySetResult();
            return Task.CompletedTask;
        }

        var message = new Received(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray(), e.ApplicationMessage.Retain);
        ProtocolCheck.Take(_check, message.Topic, message.Payload);
        _messages.Enqueue(message);
        return Task.CompletedTask;
    }
}
