using M2m.Arguments;
using M2m.Client;
using M2m.Client.Mqtt;
using M2m.View;

namespace M2m;

/// <summary>What all commands are given.</summary>
internal sealed class Invocation
{
    /// <summary>The broker.</summary>
    public required BrokerAddress Broker { get; init; }

    /// <summary>First level or levels of all topics.</summary>
    public required string Prefix { get; init; }

    /// <summary>How long an answer is waited for.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether the user gave it.</summary>
    public required bool IsTimeoutGiven { get; init; }

    /// <summary>Takes the result.</summary>
    public required Output Output { get; init; }

    /// <summary>Ctrl+C and signals.</summary>
    public required Interruption Interruption { get; init; }

    /// <summary>Ends what is going on.</summary>
    public CancellationToken Cancel => Interruption.Token;

    /// <summary>Connects to the broker.</summary>
    /// <param name="name">Client id; null for a new one.</param>
    /// <returns>The connection.</returns>
    public Task<BrokerConnection> ConnectAsync(string? name = null) => BrokerConnection.OpenAsync(Broker, Timeout, name ?? BrokerConnection.NewName(), Cancel);

    public Task<BrokerSubscription> SubscribeAsync(IReadOnlyList<string> filters, Action<Message> take) => SubscribeAsync(_ => filters, take);

    public Task<BrokerSubscription> SubscribeAsync(Func<BrokerConnection, IReadOnlyList<string>> filters, Action<Message> take) =>
        BrokerSubscription.OpenAsync(ConnectAsync, filters, take, Cancel);
}
