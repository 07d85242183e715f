using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Devices;
using M2m.Client.Mqtt;

namespace M2m.Devices;

/// <summary>Requests to one device.</summary>
internal sealed class DeviceSession : IAsyncDisposable
{
    private const int MaxPages = 500;
    private const int MostNames = 40;
    private static readonly string?[] UnknownChannelParams = ["channel", "channels"];
    private static readonly TimeSpan AfterthoughtTimeout = TimeSpan.FromSeconds(3);

    private readonly PresenceList _presences;
    private readonly RequestClient _client;
    private readonly Invocation _invocation;

    private DeviceSession(string device, BrokerConnection broker, Invocation invocation)
    {
        Device = device;
        Broker = broker;
        Topics = new Topics(invocation.Prefix);
        _invocation = invocation;
        _presences = new PresenceList(broker, Topics);
        _client = new RequestClient(broker, Topics);
    }

    public string Device { get; }

    public BrokerConnection Broker { get; }

    public Topics Topics { get; }

    public Presence? Presence => _presences.Of(Device);

    public static async Task<DeviceSession> OpenAsync(string device, Invocation invocation)
    {
        BrokerConnection broker = await invocation.ConnectAsync().ConfigureAwait(false);
        var session = new DeviceSession(device, broker, invocation);
        try
        {
            await session._presences.LookAsync(device, invocation.Cancel).ConfigureAwait(false);
            if (session.Presence is null)
            {
                throw await UnknownDevice.LookAsync(device, session._presences, invocation).ConfigureAwait(false);
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<Response> RequestAsync(string method, JsonObject? parameters, bool isQuery)
    {
        (Response? answer, bool hasNoSubscriber) = await _client.RequestAsync(Device, method, parameters, isQuery, _invocation.Timeout, _invocation.Cancel).ConfigureAwait(false);
        if (answer is not null)
        {
            return answer;
        }

        string silence = hasNoSubscriber ? $"no subscriber received the request to {Device}." : FormattableString.Invariant($"no response from {Device} within {_invocation.Timeout.TotalSeconds:0.#} s.");
        string oversized = Broker.Oversized == 0 ? string.Empty : $" A message of more than {BrokerConnection.MaxPayload / 1024} KB was ignored.";
        throw new FailedException($"{silence}{oversized} {Absence.Explain(Device, Presence, DateTimeOffset.UtcNow)}");
    }

    /// <summary>The result of a method that reads.</summary>
    public Task<JsonElement> ResultAsync(string method, JsonObject? parameters = null) => ResultAsync(method, parameters, isQuery: true);

    /// <summary>The result of a method that changes something.</summary>
    public Task<JsonElement> ChangeAsync(string method, JsonObject parameters) => ResultAsync(method, parameters, isQuery: false);

    private async Task<JsonElement> ResultAsync(string method, JsonObject? parameters, bool isQuery)
    {
        const int Attempts = 20;
        const double LongestPause = 30;
        for (int attempt = 1; ; attempt++)
        {
            Response answer = await RequestAsync(method, parameters, isQuery).ConfigureAwait(false);
            if (answer.Result is { } result)
            {
                return result;
            }

            if (answer.Error!.Code != DeviceError.Busy || answer.Error.RetryAfter is not { } pause || attempt == Attempts)
            {
                throw new DeviceRefusedException(answer.Error, await ExplainAsync(answer.Error, method, parameters).ConfigureAwait(false));
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(pause, 0.1, LongestPause)), _invocation.Cancel).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<JsonElement> PagesAsync(string method, JsonObject parameters, string cursor)
    {
        string? last = null;
        for (int page = 0; page < MaxPages; page++)
        {
            JsonElement result = await ResultAsync(method, parameters).ConfigureAwait(false);
            yield return result;
            if (Json.Member(result, "next") is not { } next)
            {
                yield break;
            }

            if (next.GetRawText() == last)
            {
                throw new FailedException($"{Device} returns the same page of {method} twice");
            }

            last = next.GetRawText();
            parameters[cursor] = JsonNode.Parse(last);
        }

        throw new FailedException($"{Device} returns more than {MaxPages} pages of {method}");
    }

    public async Task<string> ExplainAsync(DeviceError error, string method, JsonObject? parameters = null)
    {
        string said = $"{Device} responds: {error}";
        if (UnknownChannelParams.Contains(error.Param) && error.Reason?.StartsWith("unknown channel", StringComparison.Ordinal) == true)
        {
            IReadOnlyList<string> channels = await ChannelNames.ReadAsync(this).ConfigureAwait(false);
            string? unknown = Texts(parameters?[error.Param!]).FirstOrDefault(name => !channels.Contains(name));
            return unknown is null || channels.Count == 0 ? said : $"{Device} has no channel '{unknown}'.{Nearest.Question(unknown, channels)} It has: {string.Join(", ", channels.Take(MostNames))}";
        }

        if (error.Code == DeviceError.DeadlinePassed)
        {
            return $"{said}\nThe request arrived after its deadline, or the clock of the device or of this computer is wrong: compare 'time' of m2m request {Device} ping with this computer's time.";
        }

        if (error.Code is not (DeviceError.MethodNotFound or DeviceError.InvalidParams) || await MethodsAsync().ConfigureAwait(false) is not { } methods)
        {
            return said;
        }

        if (error.Code == DeviceError.MethodNotFound)
        {
            string[] names = [.. methods.EnumerateObject().Select(member => member.Name).Take(MostNames)];
            return $"{Device} has no method '{method}'.{Nearest.Question(method, names)}\nIt has: {string.Join(", ", names)}";
        }

        if (!Json.TryMember(methods, method, JsonValueKind.Object, out JsonElement? known))
        {
            return said;
        }

        string[] lines = [.. known.Value.EnumerateObject().Take(MostNames).Select(member => $"  {member.Name}: {(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText())}")];
        string question = error.Param is { } param && known.Value.EnumerateObject().All(member => member.Name != param)
            ? Nearest.Question(param, known.Value.EnumerateObject().Select(member => member.Name)) : string.Empty;
        return $"{said}.{question}\n" + (lines.Length == 0 ? $"{method} has no params." : $"{method} has these params:\n{string.Join('\n', lines)}");
    }

    private static IEnumerable<string> Texts(JsonNode? value) =>
        (value is JsonArray several ? several : [value?.DeepClone()]).Where(item => item?.GetValueKind() == JsonValueKind.String).Select(item => item!.GetValue<string>());

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _presences.Dispose();
        await Broker.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<JsonElement?> MethodsAsync()
    {
        TimeSpan timeout = _invocation.Timeout < AfterthoughtTimeout ? _invocation.Timeout : AfterthoughtTimeout;
        (Response? answer, _) = await _client.RequestAsync(Device, "methods", null, isQuery: true, timeout, _invocation.Cancel).ConfigureAwait(false);
        return answer?.Result is { ValueKind: JsonValueKind.Object } methods ? methods : null;
    }
}
