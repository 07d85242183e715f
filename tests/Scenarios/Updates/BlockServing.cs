using System.Buffers;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Updates;
using MQTTnet;
using MQTTnet.Protocol;
using Scenarios.Harness;

namespace Scenarios.Updates;

/// <summary>The tool's server of blocks at a broker. In virtual time it must not slow a device down: that asks as fast as the host goes.</summary>
internal sealed class BlockServing : IAsyncDisposable
{
    private const double AnyRate = 1_000_000;

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly BlockServer _server;
    private long _served;

    private BlockServing(ReleaseFolder releases)
    {
        _server = new BlockServer(releases, new Topics("m2m"), SendAsync, (_, _) => Task.FromResult<string?>(ReleaseShelf.Board), AnyRate)
        {
            Served = _ => Interlocked.Increment(ref _served),
        };
        _client.ApplicationMessageReceivedAsync += OnMessage;
    }

    /// <summary>Blocks that it has sent.</summary>
    public long Served => Interlocked.Read(ref _served);

    /// <summary>Spoils a block on its way; gives what is sent instead, or null for nothing.</summary>
    public Func<string, byte[], byte[]?>? Spoil { get; set; }

    /// <summary>Begins to serve.</summary>
    public static async Task<BlockServing> StartAsync(int port, ReleaseFolder releases, bool isShared = false)
    {
        var serving = new BlockServing(releases);
        await LoopbackBroker.ConnectAsync(serving._client, port);
        await serving._client.SubscribeAsync(isShared ? "$share/m2m-update/m2m/+/update/get" : "m2m/+/update/get", MqttQualityOfServiceLevel.AtMostOnce);
        return serving;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private Task OnMessage(MqttApplicationMessageReceivedEventArgs e)
    {
        _server.Take(new Message(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray(), e.ApplicationMessage.Retain));
        return Task.CompletedTask;
    }

    private async Task SendAsync(string topic, ReadOnlyMemory<byte> block, CancellationToken cancel)
    {
        byte[]? payload = Spoil is null ? block.ToArray() : Spoil(topic, block.ToArray());
        if (payload is not null)
        {
            await _client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).Build(), cancel);
        }
    }
}
