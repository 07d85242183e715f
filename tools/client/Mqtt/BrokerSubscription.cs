namespace M2m.Client.Mqtt;

/// <summary>A subscription that connects again by itself when the connection is lost.</summary>
public sealed class BrokerSubscription : IAsyncDisposable
{
    private const int PollMs = 250;
    private const int RetryMs = 2000;

    private readonly Func<string?, Task<BrokerConnection>> _connect;
    private readonly Func<BrokerConnection, IReadOnlyList<string>> _filters;
    private readonly Action<Message> _take;
    private readonly CancellationTokenSource _over;
    private volatile BrokerConnection _broker;
    private Task _watching = Task.CompletedTask;

    private BrokerSubscription(
        Func<string?, Task<BrokerConnection>> connect, Func<BrokerConnection, IReadOnlyList<string>> filters, Action<Message> take, BrokerConnection broker, CancellationToken cancel)
    {
        _connect = connect;
        _filters = filters;
        _take = take;
        _broker = broker;
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    }

    public BrokerConnection Current => _broker;

    /// <summary>Null while connected.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Called with the reason when the connection is lost, and with null when it is back.</summary>
    public Action<string?>? Changed { get; set; }

    /// <param name="connect">Opens a connection under a client id; null: under a new one.</param>
    /// <param name="filters">Topic filters; they may depend on what the broker can do.</param>
    /// <param name="take">Called on one thread at a time.</param>
    public static async Task<BrokerSubscription> OpenAsync(
        Func<string?, Task<BrokerConnection>> connect, Func<BrokerConnection, IReadOnlyList<string>> filters, Action<Message> take, CancellationToken cancel)
    {
        BrokerConnection broker = await connect(null).ConfigureAwait(false);
        var subscription = new BrokerSubscription(connect, filters, take, broker, cancel);
        try
        {
            broker.Arrived += take;
            await broker.SubscribeAsync(filters(broker), cancel).ConfigureAwait(false);
        }
        catch
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        subscription._watching = Task.Run(subscription.StayAsync, CancellationToken.None);
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        await _broker.DisposeAsync().ConfigureAwait(false);
        _over.Dispose();
    }

    private async Task StayAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Trouble is null ? PollMs : RetryMs, _over.Token).ConfigureAwait(false);
                if (!_broker.IsConnected)
                {
                    await ReconnectAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception) when (_over.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task ReconnectAsync()
    {
        if (Trouble is null)
        {
            Tell("the connection to the broker is lost");
        }

        try
        {
            await _broker.DisposeAsync().ConfigureAwait(false);
            _broker = await _connect(_broker.Name).ConfigureAwait(false);
            _broker.Arrived += _take;
            await _broker.SubscribeAsync(_filters(_broker), _over.Token).ConfigureAwait(false);
            Tell(null);
        }
        catch (FailedException e)
        {
            Trouble = e.Message;
        }
    }

    private void Tell(string? trouble)
    {
        Trouble = trouble;
        Changed?.Invoke(trouble);
    }
}
