using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Devices;
using M2m.Client.Mqtt;

namespace M2m.Updates;

/// <summary>The broker as updates use it: requests, blocks and events, over connections that may be lost and come back.</summary>
internal sealed class UpdateLink : IAsyncDisposable
{
    private const string SharedGroup = "m2m-update";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnheardPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Topics _topics;
    private readonly bool _isServing;
    private BrokerSubscription? _watch;
    private BrokerConnection? _asked;
    private RequestClient? _client;
    private CancellationTokenSource _lost = new();

    private UpdateLink(Topics topics, bool isServing)
    {
        _topics = topics;
        _isServing = isServing;
    }

    /// <summary>Called with the reason when the connection is lost, and with null when it is back.</summary>
    public Action<string?>? Changed { get; set; }

    public bool IsShared => Current.HasSharedSubscriptions;

    private BrokerConnection Current => _watch!.Current;

    public static async Task<UpdateLink> OpenAsync(Invocation invocation, bool isServing, Action<Message> take)
    {
        var link = new UpdateLink(new Topics(invocation.Prefix), isServing);
        link._watch = await invocation.SubscribeAsync(link.Filters, take).ConfigureAwait(false);
        link._watch.Changed = link.OnChanged;
        return link;
    }

    public Task SettleAsync(CancellationToken cancel) => Current.SettleAsync(() => false, cancel);

    /// <summary>Waits for the retained statuses of these devices: a broker may not deliver them to a wildcard.</summary>
    public async Task LookAsync(IEnumerable<string> devices, CancellationToken cancel)
    {
        string[] statuses = [.. devices.Select(device => _topics.Of(device, Topics.StatusLevel))];
        await Current.SubscribeAsync(statuses, cancel).ConfigureAwait(false);
        await Current.SettleAsync(() => false, cancel).ConfigureAwait(false);
        await Current.UnsubscribeAsync(statuses, cancel).ConfigureAwait(false);
    }

    public async Task SendAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        try
        {
            await Current.SendAsync(topic, payload, cancel).ConfigureAwait(false);
        }
        catch (FailedException)
        {
            // The broker is gone.
        }
    }

    public Task RetainAsync(string topic, byte[] payload, CancellationToken cancel) => Current.PublishAsync(topic, payload, cancel, isRetained: true);

    public IAsyncEnumerable<Response> RequestGroupAsync(string group, string method, TimeSpan timeout, CancellationToken cancel) =>
        RequestClient().RequestGroupAsync(group, method, null, IsQuery(method), timeout, cancel);

    public async Task<Response?> RequestAsync(string device, string method, JsonObject? parameters, TimeSpan timeout, CancellationToken cancel)
    {
        DateTimeOffset end = DateTimeOffset.UtcNow + timeout;
        while (end - DateTimeOffset.UtcNow is { Ticks: > 0 } left)
        {
            TimeSpan pause = Pause;
            try
            {
                using var together = CancellationTokenSource.CreateLinkedTokenSource(cancel, Lost());
                (Response? answer, bool hasNoSubscriber) = await RequestClient().RequestAsync(device, method, parameters, IsQuery(method), left, together.Token).ConfigureAwait(false);
                if (answer is not null)
                {
                    return answer;
                }

                pause = hasNoSubscriber ? UnheardPause : TimeSpan.Zero;
            }
            catch (Exception e) when (e is FailedException or OperationCanceledException && !cancel.IsCancellationRequested)
            {
                // The connection was lost: repeat when it is back.
            }

            left = end - DateTimeOffset.UtcNow;
            await Task.Delay(pause < left ? pause : left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel).ConfigureAwait(false);
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
        {
            await _watch.DisposeAsync().ConfigureAwait(false);
        }

        _client?.Dispose();
        _lost.Dispose();
    }

    private List<string> Filters(BrokerConnection broker)
    {
        var filters = new List<string>
        {
            _topics.Of(Topics.Any, Topics.EventLevel),
            _topics.Of(Topics.Any, Topics.StatusLevel),
            _topics.Response(Topics.Any, broker.Name),
            _topics.UpdateManifest(Topics.Any),
        };
        if (_isServing)
        {
            string gets = _topics.Of(Topics.Any, Topics.UpdateGetLevel);
            filters.Add(broker.HasSharedSubscriptions ? $"$share/{SharedGroup}/{gets}" : gets);
        }

        return filters;
    }

    private static bool IsQuery(string method) => method is "info" or "update.status";

    private CancellationToken Lost()
    {
        lock (_gate)
        {
            return _lost.Token;
        }
    }

    private RequestClient RequestClient()
    {
        lock (_gate)
        {
            if (_asked != Current)
            {
                _client?.Dispose();
                _asked = Current;
                _client = new RequestClient(_asked, _topics, isListening: true);
            }

            return _client!;
        }
    }

    private void OnChanged(string? trouble)
    {
        if (trouble is null)
        {
            CancellationTokenSource lost;
            lock (_gate)
            {
                lost = _lost;
                _lost = new CancellationTokenSource();
            }

            lost.Cancel();
            lost.Dispose();
        }

        Changed?.Invoke(trouble);
    }
}
