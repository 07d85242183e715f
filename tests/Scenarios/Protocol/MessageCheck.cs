using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Firmware.Messaging;
using Json.Schema;

namespace Scenarios.Protocol;

/// <summary>
/// Checks what devices publish against the document, and the requests that they carried out. Of each channel the first
/// messages that a client receives are checked: the tests of months pass many thousands.
/// </summary>
internal sealed class MessageCheck(Contract contract)
{
    private const int MostOfAChannel = 200;
    private const int ShownPayload = 600;
    private const string NotInTopics = ".#+$ ";
    private const string AnyRequest = "m2m/esp32-000000000000/request";

    private static readonly EvaluationOptions Quick = new() { OutputFormat = OutputFormat.Flag };
    private static readonly EvaluationOptions Explained = new() { OutputFormat = OutputFormat.List };

    private readonly Dictionary<string, int> _counts = [];

    // By client and id as it was written.
    private readonly Dictionary<(string Client, string Id), List<JsonElement>> _requests = [];

    /// <summary>How many of each message were checked, by all clients.</summary>
    public static ConcurrentDictionary<string, int> Checked { get; } = new();

    /// <summary>Checks a message in the order of arrival.</summary>
    /// <returns>What is wrong with it; null for a right one, and for one that no device published.</returns>
    public string? Check(string topic, byte[] payload)
    {
        lock (_counts)
        {
            if (topic.AsSpan().ContainsAny(NotInTopics))
            {
                return Describe(topic, payload, "some brokers refuse a topic with such a character");
            }

            ContractChannel? channel = contract.Find(topic);
            if (channel is null)
            {
                return Describe(topic, payload, "no channel has this topic");
            }

            int count = _counts[channel.Key] = _counts.GetValueOrDefault(channel.Key) + 1;
            if (count > MostOfAChannel)
            {
                return null;
            }

            if (Channel.RequestKeys.Contains(channel.Key))
            {
                NoteRequest(payload);
                return null;
            }

            string? fault = channel.IsSent ? Find(channel, topic, payload) : null;
            return fault is null ? null : Describe(topic, payload, fault);
        }
    }

    private static string Describe(string topic, byte[] payload, string fault)
    {
        string text = Encoding.UTF8.GetString(payload);
        return $"{topic}: {fault}\n  payload: {text[..Math.Min(text.Length, ShownPayload)]}";
    }

    private string? Find(ContractChannel channel, string topic, byte[] payload)
    {
        if (payload.Length == 0)
        {
            ContractMessage? empty = channel.Messages.FirstOrDefault(message => message.Schema is null);
            return empty is null ? "an empty message" : Count(empty.Name);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            ContractMessage[] meant = [.. channel.Messages.Where(message => message.IsMeant(document.RootElement))];
            string client = topic[(topic.LastIndexOf('/') + 1)..];
            return channel.Key == "response" ? CheckResponse(meant, client, document.RootElement) : Evaluate(meant, document.RootElement);
        }
        catch (JsonException e)
        {
            return "not JSON: " + e.Message;
        }
    }

    // A response does not tell its method: the request does, if it was received.
    private string? CheckResponse(ContractMessage[] messages, string client, JsonElement response)
    {
        if (!response.TryGetProperty("result", out _) || !response.TryGetProperty("id", out JsonElement id))
        {
            return Evaluate(messages.Where(message => message.Name == RequestShapes.Error), response);
        }

        List<JsonElement> requests = _requests.GetValueOrDefault((client, id.GetRawText()), []);
        string[] names = [.. requests.Select(request => request.GetProperty("method").GetString() + RequestShapes.ResponseSuffix)];
        string? fault = Evaluate(messages.Where(message => names.Length == 0 || names.Contains(message.Name)), response);
        return fault is null && requests.Count == 1 ? CheckRequest(requests[0]) : fault;
    }

    // Of several requests with one id only the first may have been carried out.
    private string? CheckRequest(JsonElement request)
    {
        string? fault = Evaluate(contract.Find(AnyRequest)!.Messages.Where(message => message.IsMeant(request)), request);
        return fault is null ? null : $"the device carried out a request that is {fault}\n  request: {request.GetRawText()}";
    }

    private static string? Evaluate(IEnumerable<ContractMessage> messages, JsonElement payload)
    {
        ContractMessage[] all = [.. messages];
        ContractMessage? right = Array.Find(all, message => message.Schema!.Evaluate(payload, Quick).IsValid);
        return right is not null ? Count(right.Name)
            : all.Length == 0 ? "no message of this channel has this form"
            : $"not a message {all[0].Name}: {string.Join("; ", Errors(all[0].Schema!.Evaluate(payload, Explained)))}";
    }

    private static IEnumerable<string> Errors(EvaluationResults results) =>
        from result in results.Details ?? []
        from error in result.Errors ?? new Dictionary<string, string>()
        select string.Create(CultureInfo.InvariantCulture, $"{result.InstanceLocation} {error.Value}");

    private static string? Count(string message)
    {
        Checked.AddOrUpdate(message, 1, (_, count) => count + 1);
        return null;
    }

    private void NoteRequest(byte[] payload)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            JsonElement request = document.RootElement;
            if (request.ValueKind == JsonValueKind.Object
                && request.TryGetProperty("id", out JsonElement id)
                && request.TryGetProperty("method", out JsonElement method) && method.ValueKind == JsonValueKind.String)
            {
                string client = request.TryGetProperty("from", out JsonElement from) ? from.ToString() : Request.AnyClient;
                var key = (client, id.GetRawText());
                _requests.TryAdd(key, []);
                _requests[key].Add(request.Clone());
            }
        }
        catch (JsonException)
        {
            // Tests send malformed requests, too.
        }
    }
}
