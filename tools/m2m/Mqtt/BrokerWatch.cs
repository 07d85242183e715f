namespace M2m.Mqtt;

/// <summary>Listens for long: connects again by itself when the connection is lost.</summary>
internal sealed class BrokerWatch : IAsyncDisposable
{
    private const int PollMs = 250;
    private const int RetryMs = 2000;

    private readonly Invocation _invocation;
    private readonly Func<BrokerConnection, IReadOnlyList<string>> _filters;
    private readonly Action<Message> _take;
    private readonly CancellationTokenSource _over;
    private volatile BrokerConnection _broker;
    private Task _watching = Task.CompletedTask;

    private BrokerWatch(Invocation invocation, Func<BrokerConnection, IReadOnlyList<string>> filters, Action<Message> take, BrokerConnection broker)
    {
        _invocation = invocation;
        _filters = filters;
        _take = take;
        _broker = broker;
        _over = CancellationTokenSource.CreateLinkedTokenSource(invocation.Cancel);
    }

    /// <summary>The connection; another one after each loss.</summary>
    public BrokerConnection Current => _broker;

    /// <summary>Why there is no connection now, or null.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Told when the connection is lost (why), and when it is back (null).</summary>
    public Action<string?>? Changed { get; set; }

    /// <summary>Connects and subscribes.</summary>
    /// <param name="invocation">The broker.</param>
    /// <param name="filters">Topic filters.</param>
    /// <param name="take">Takes the messages, on one thread at a time.</param>
    /// <returns>The watch.</returns>
    /// <exception cref="FailedException">The broker does not answer at the start.</exception>
    public static Task<BrokerWatch> OpenAsync(Invocation invocation, IReadOnlyList<string> filters, Action<Message> take) => OpenAsync(invocation, _ => filters, take);

    /// <summary>Connects and subscribes to what depends on the broker.</summary>
    /// <param name="invocation">The broker.</param>
    /// <param name="filters">Gives the topic filters for a connection.</param>
    /// <param name="take">Takes the messages, on one thread at a time.</param>
    /// <returns>The watch.</returns>
    /// <exception cref="FailedException">The broker does not answer at the start.</exception>
    public static async Task<BrokerWatch> OpenAsync(Invocation invocation, Func<BrokerConnection, IReadOnlyList<string>> filters, Action<Message> take)
    {
        BrokerConnection broker = await invocation.ConnectAsync().ConfigureAwait(false);
        var watch = new BrokerWatch(invocation, filters, take, broker);
        try
        {
            broker.Arrived += take;
            await broker.SubscribeAsync(filters(broker), invocation.Cancel).ConfigureAwait(false);
        }
        catch
        {
            await watch.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        watch._watching = Task.Run(watch.StayAsync);
        return watch;
    }

    /// <inheritdoc/>
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
            // It is over.
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
            _broker = await _invocation.ConnectAsync(_broker.Name).ConfigureAwait(false);
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
