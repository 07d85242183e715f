using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Devices;

namespace M2m.Enrollment;

/// <summary>The broker as the enrollment uses it: statuses, and requests to devices under any prefix, over connections that may be lost and come back.</summary>
internal sealed class EnrollmentLink : IAsyncDisposable
{
    private const int MostAttempts = 20;
    private const double LongestPause = 30;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RequestClient> _clients = [];
    private readonly EnrollmentRules _rules;
    private readonly Invocation _invocation;
    private BrokerSubscription? _watch;
    private BrokerConnection? _asked;

    private EnrollmentLink(EnrollmentRules rules, Invocation invocation)
    {
        _rules = rules;
        _invocation = invocation;
    }

    public BrokerSubscription Watch => _watch ?? throw new InvalidOperationException("not connected yet");

    public static async Task<EnrollmentLink> OpenAsync(Invocation invocation, EnrollmentRules rules, Action<Message> take)
    {
        var link = new EnrollmentLink(rules, invocation);
        link._watch = await invocation.SubscribeAsync(link.Filters, take).ConfigureAwait(false);
        return link;
    }

    public Task SettleAsync() => Watch.Current.SettleAsync(() => false, _invocation.Cancel);

    /// <summary>The result of a method, or the error of the device. Null: no response in time.</summary>
    /// <exception cref="FailedException">The broker is gone, or does not let the request through.</exception>
    public async Task<Response?> TryRequestAsync(string prefix, string device, string method, JsonObject? parameters, bool isQuery)
    {
        for (int attempt = 1; ; attempt++)
        {
            (Response? response, _) = await ClientOf(prefix).RequestAsync(device, method, parameters, isQuery, _invocation.Timeout, _invocation.Cancel).ConfigureAwait(false);
            if (response?.Error is not { Code: DeviceError.Busy, RetryAfter: { } pause } || attempt == MostAttempts)
            {
                return response;
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(pause, 0.1, LongestPause)), _invocation.Cancel).ConfigureAwait(false);
        }
    }

    /// <exception cref="DeviceRefusedException">The device responds with an error.</exception>
    /// <exception cref="FailedException">No response, or no broker.</exception>
    public async Task<JsonElement> RequestAsync(string prefix, string device, string method, JsonObject? parameters, bool isQuery)
    {
        Response response = await TryRequestAsync(prefix, device, method, parameters, isQuery).ConfigureAwait(false)
            ?? throw new FailedException(FormattableString.Invariant($"no response to {method} within {_invocation.Timeout.TotalSeconds:0.#} s"));
        return response.Result ?? throw new DeviceRefusedException(response.Error!, $"{method}: {response.Error}");
    }

    public Task ClearAsync(string topic) => Watch.Current.PublishAsync(topic, [], _invocation.Cancel, isRetained: true);

    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
        {
            await _watch.DisposeAsync().ConfigureAwait(false);
        }

        foreach (RequestClient client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private List<string> Filters(BrokerConnection broker)
    {
        var claims = new Topics(_rules.Prefix);
        var filters = new List<string> { claims.Of(Topics.Any, Topics.StatusLevel), claims.Of(Topics.Any, Topics.EventLevel), claims.Response(Topics.Any, broker.Name) };
        filters.AddRange(_rules.SiteFilters);
        filters.AddRange(_rules.Rules.Select(rule => rule.Site).Where(site => site.Length > 0).Distinct().Select(site => new Topics(site).Response(Topics.Any, broker.Name)));
        return filters;
    }

    // A device may be in a site of no rule.
    private RequestClient ClientOf(string prefix)
    {
        lock (_gate)
        {
            BrokerConnection current = Watch.Current;
            if (_asked != current)
            {
                foreach (RequestClient old in _clients.Values)
                {
                    old.Dispose();
                }

                _clients.Clear();
                _asked = current;
            }

            if (!_clients.TryGetValue(prefix, out RequestClient? client))
            {
                bool isListening = prefix == _rules.Prefix || _rules.Rules.Any(rule => rule.Site == prefix);
                _clients[prefix] = client = new RequestClient(current, new Topics(prefix), isListening);
            }

            return client;
        }
    }
}
