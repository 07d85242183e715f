using M2m.Client;
using M2m.Client.Mqtt;
using M2m.View;
using MQTTnet.Formatter;

namespace M2m;

internal sealed class Invocation
{
    public required BrokerAddress Broker { get; init; }

    /// <summary>The only version to speak; null: 5, and 3.1.1 where 5 is refused.</summary>
    public required MqttProtocolVersion? MqttVersion { get; init; }

    public required string Prefix { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required bool IsTimeoutGiven { get; init; }

    public required Output Output { get; init; }

    public required Interruption Interruption { get; init; }

    public CancellationToken Cancel => Interruption.Token;

    public Task<BrokerConnection> ConnectAsync(string? name = null) => BrokerConnection.OpenAsync(Broker, MqttVersion, Timeout, name ?? BrokerConnection.NewName(), Cancel);

    public Task<BrokerSubscription> SubscribeAsync(IReadOnlyList<string> filters, Action<Message> take) => SubscribeAsync(_ => filters, take);

    public Task<BrokerSubscription> SubscribeAsync(Func<BrokerConnection, IReadOnlyList<string>> filters, Action<Message> take) =>
        BrokerSubscription.OpenAsync(ConnectAsync, filters, take, Cancel);
}
