using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;

namespace M2m.Client.Devices;

/// <summary>Sends requests (JSON-RPC 2.0 over MQTT) to devices and receives their responses.</summary>
public sealed class RequestClient : IDisposable
{
    private const int MaxRequest = 4096;
    private const int MaxWaitingAnswers = 10_000;

    // The escapes of the standard encoder would take room that a device does not have.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BrokerConnection _broker;
    private readonly Topics _topics;
    private readonly bool _isListening;
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly HashSet<string> _listening = [];
    private readonly ConcurrentDictionary<string, Channel<Response>> _waiting = new();
    private int _requests;

    public RequestClient(BrokerConnection broker, Topics topics, bool isListening = false)
    {
        _isListening = isListening;
        _broker = broker;
        _topics = topics;
        broker.Arrived += OnMessage;
    }

    public async Task<(Response? Response, bool HasNoSubscriber)> RequestAsync(
        string device, string method, JsonObject? parameters, bool isQuery, TimeSpan timeout, CancellationToken cancel)
    {
        await ListenAsync(device, cancel).ConfigureAwait(false);
        using Pending pending = Begin();
        byte[] request = Compose(pending.Id, method, parameters, timeout);
        if (!await _broker.PublishAsync(_topics.Request(device, isQuery), request, cancel).ConfigureAwait(false))
        {
            return (null, true);
        }

        await foreach (Response answer in pending.ResponsesAsync(timeout, cancel).ConfigureAwait(false))
        {
            if (answer.Device == device)
            {
                return (answer, false);
            }
        }

        return (null, false);
    }

    public async IAsyncEnumerable<Response> RequestGroupAsync(
        string group, string method, JsonObject? parameters, bool isQuery, TimeSpan timeout, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await ListenAsync(Topics.Any, cancel).ConfigureAwait(false);
        using Pending pending = Begin();
        byte[] request = Compose(pending.Id, method, parameters, timeout);
        if (!await _broker.PublishAsync(_topics.GroupRequest(group, isQuery), request, cancel).ConfigureAwait(false))
        {
            yield break;
        }

        var seen = new HashSet<string>();
        await foreach (Response answer in pending.ResponsesAsync(timeout, cancel).ConfigureAwait(false))
        {
            if (seen.Add(answer.Device))
            {
                yield return answer;
            }
        }
    }

    public void Dispose() => _broker.Arrived -= OnMessage;

    private async Task ListenAsync(string device, CancellationToken cancel)
    {
        if (!_isListening && _listening.Add(device))
        {
            await _broker.SubscribeAsync([_topics.Response(device, _broker.Name)], cancel).ConfigureAwait(false);
        }
    }

    private byte[] Compose(string id, string method, JsonObject? parameters, TimeSpan timeout)
    {
        var request = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = id,
            ["method"] = method,
            ["from"] = _broker.Name,
            ["deadline"] = (long)Math.Ceiling((DateTimeOffset.UtcNow + timeout).ToUnixTimeMilliseconds() / 1000.0),
        };
        if (parameters is { Count: > 0 })
        {
            request["params"] = parameters.DeepClone();
        }

        byte[] payload = Encoding.UTF8.GetBytes(request.ToJsonString(Options));
        return payload.Length <= MaxRequest ? payload : throw new UsageException($"the request takes {payload.Length} bytes, a device takes at most {MaxRequest}");
    }

    private Pending Begin()
    {
        string id = $"{_run}-{Interlocked.Increment(ref _requests)}";
        var answers = Channel.CreateBounded<Response>(new BoundedChannelOptions(MaxWaitingAnswers) { FullMode = BoundedChannelFullMode.DropWrite });
        _waiting[id] = answers;
        return new Pending(id, answers, () => _waiting.TryRemove(id, out _));
    }

    private void OnMessage(Message message)
    {
        if (_topics.TryRead(message.Topic, out string device, out string level)
            && level == "response/" + _broker.Name
            && Response.Read(device, message.Payload) is { Id: { } id } response
            && _waiting.TryGetValue(id, out Channel<Response>? responses))
        {
            responses.Writer.TryWrite(response);
        }
    }

    private sealed class Pending(string id, Channel<Response> answers, Action end) : IDisposable
    {
        public string Id => id;

        public async IAsyncEnumerable<Response> ResponsesAsync(TimeSpan timeout, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(timeout);
            while (true)
            {
                try
                {
                    if (!await answers.Reader.WaitToReadAsync(limit.Token).ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
                {
                    yield break;
                }

                while (answers.Reader.TryRead(out Response? answer))
                {
                    yield return answer;
                }
            }
        }

        public void Dispose() => end();
    }
}
