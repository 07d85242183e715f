using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Devices;
using M2m.View;

namespace M2m.Commands;

/// <summary>Replaces a credential by one under another name, with the broker entries that use it on trial.</summary>
internal sealed class CredentialsRotation(Invocation invocation, string device, string old, string? given)
{
    private const string BrokerKey = "broker";
    private const string Confirmed = "confirmed";
    private const int MaxNumber = 100;
    private const int MaxName = 16;
    private const int LinesOfTrial = 20;
    private const string NoConnection = "no connection: ";

    // The trial takes 120 s; then the device goes back and connects again.
    private static readonly TimeSpan TrialPatience = TimeSpan.FromSeconds(300);

    private readonly TaskCompletionSource<(string State, string? Reason)> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Topics _topics = new(invocation.Prefix);
    private volatile bool _isOnTrial;

    public async Task<int> RunAsync(CredentialFiles files)
    {
        await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
        string name = await ChooseAsync(session).ConfigureAwait(false);
        JsonNode entries = await ComposeAsync(session, name, files.Kind).ConfigureAwait(false);
        await Output.WaitAsync($"storing {name} in {device}", tell => CredentialsCommand.StoreAsync(session, name, files, tell)).ConfigureAwait(false);
        Output.Note($"m2m: {name} is stored in {device}");
        session.Broker.Arrived += OnMessage;
        await session.Broker.SubscribeAsync([_topics.Of(device, Topics.EventLevel)], invocation.Cancel).ConfigureAwait(false);
        double newest = (await ReadLogAsync(session, null, 1).ConfigureAwait(false)).Select(Number).DefaultIfEmpty().Max();
        await BeginTrialAsync(session, name, entries).ConfigureAwait(false);
        Output.Note($"m2m: on trial: {device} connects with {name}, and goes back to {old} if it is not online within 120 s");
        (string state, string? reason) = await Output.WaitAsync("waiting for the end of the trial", _ => WaitAsync(session)).ConfigureAwait(false);
        if (state != Confirmed && await FindFailureAsync(session, newest).ConfigureAwait(false) is { } failure)
        {
            reason = reason is null ? failure : $"{reason}, {failure}";
        }

        string loser = state == Confirmed ? old : name;
        string? fault = await TryRemoveAsync(session, loser).ConfigureAwait(false);
        return Conclude(name, state, reason, loser, fault);
    }

    private async Task<string> ChooseAsync(DeviceSession session)
    {
        string[] names = [.. (await CredentialsCommand.ReadAsync(session).ConfigureAwait(false)).Select(one => Json.Text(one, "name")).OfType<string>()];
        if (!names.Contains(old))
        {
            throw new FailedException($"{device} has no credential '{old}'. It has: {(names.Length == 0 ? "none" : string.Join(", ", names))}");
        }

        if (given is not null)
        {
            return names.Contains(given) ? throw new UsageException($"{device} has a credential '{given}' already: give another name with --to") : given;
        }

        string stem = old.TrimEnd("0123456789".ToCharArray());
        stem = stem.Length < old.Length && stem.EndsWith('-') && stem.Length > 1 ? stem[..^1] : old;
        for (int number = 2; number < MaxNumber; number++)
        {
            string end = FormattableString.Invariant($"-{number}");
            string name = stem[..Math.Min(stem.Length, MaxName - end.Length)] + end;
            if (!names.Contains(name))
            {
                return name;
            }
        }

        throw new FailedException($"{device} has too many credentials '{stem}': give a name with --to, and remove the old ones");
    }

    // Passwords are kept by the device: of an entry with the same host, port and user.
    private async Task<JsonNode> ComposeAsync(DeviceSession session, string name, string kind)
    {
        JsonElement result = await session.ResultAsync("settings.get", new JsonObject { ["keys"] = new JsonArray(BrokerKey) }).ConfigureAwait(false);
        JsonNode? entries = Json.TryMember(result, "values", JsonValueKind.Object, out JsonElement? values) && Json.Member(values.Value, BrokerKey) is { } broker
            ? JsonNode.Parse(broker.GetRawText()) : null;
        string member = kind == CredentialFiles.Ca ? "ca" : "credential";
        int changed = 0;
        foreach (JsonObject entry in (entries is JsonArray array ? array : new JsonArray(entries?.DeepClone())).OfType<JsonObject>())
        {
            entry.Remove("passwordSet");
            if (entry[member] is JsonValue value && value.TryGetValue(out string? uses) && uses == old)
            {
                entry[member] = name;
                changed++;
            }

            entries = entries is JsonArray ? entries : entry.DeepClone();
        }

        return changed > 0 ? entries! : throw new FailedException($"no broker entry of {device} has \"{member}\":\"{old}\": m2m settings {device} get broker shows them, m2m credentials {device} set stores without a trial");
    }

    private async Task BeginTrialAsync(DeviceSession session, string name, JsonNode entries)
    {
        try
        {
            JsonElement result = await session.ChangeAsync("settings.set", new JsonObject { ["values"] = new JsonObject { [BrokerKey] = entries } }).ConfigureAwait(false);
            _isOnTrial = true;
            string? answer = Json.TryMember(result, "results", JsonValueKind.Object, out JsonElement? results) ? Json.Text(results.Value, BrokerKey) : null;
            if (answer != "trial")
            {
                throw Unknown($"{device} takes no trial: the broker entries are '{answer}'");
            }
        }
        catch (DeviceRefusedException)
        {
            await TryRemoveAsync(session, name).ConfigureAwait(false);
            throw;
        }
    }

    // The event has only that the device was not online in time; why, its log has.
    private static async Task<string?> FindFailureAsync(DeviceSession session, double before) =>
        (await ReadLogAsync(session, "warning", LinesOfTrial).ConfigureAwait(false)).Where(line => Number(line) > before).OrderBy(Number)
            .Select(line => Json.Text(line, "text")).LastOrDefault(text => text?.StartsWith(NoConnection, StringComparison.Ordinal) == true);

    private static double Number(JsonElement line) => Json.Number(line, "n") ?? -1;

    private static async Task<JsonElement[]> ReadLogAsync(DeviceSession session, string? level, int limit)
    {
        var parameters = new JsonObject { ["limit"] = limit };
        if (level is not null)
        {
            parameters["level"] = level;
        }

        try
        {
            JsonElement page = await session.ResultAsync("log.read", parameters).ConfigureAwait(false);
            return Json.TryMember(page, "lines", JsonValueKind.Array, out JsonElement? lines) ? [.. lines.Value.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.Object)] : [];
        }
        catch (FailedException)
        {
            // Without the log there is only the reason of the event.
            return [];
        }
    }

    private static async Task<string?> TryRemoveAsync(DeviceSession session, string name)
    {
        try
        {
            await session.ChangeAsync("credentials.remove", new JsonObject { ["name"] = name }).ConfigureAwait(false);
            return null;
        }
        catch (FailedException e)
        {
            return e.Message;
        }
    }

    private async Task<(string State, string? Reason)> WaitAsync(DeviceSession session)
    {
        TimeSpan patience = invocation.IsTimeoutGiven && invocation.Timeout > TrialPatience ? invocation.Timeout : TrialPatience;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(invocation.Cancel);
        limit.CancelAfter(patience);
        const int PollMs = 250;
        try
        {
            while (session.Broker.IsConnected && !_end.Task.IsCompleted)
            {
                await Task.WhenAny(_end.Task, Task.Delay(PollMs, limit.Token)).ConfigureAwait(false);
                limit.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (!invocation.Cancel.IsCancellationRequested)
        {
            throw Unknown(FormattableString.Invariant($"{device} did not report the end of the trial within {patience.TotalSeconds:0} s"));
        }

        return _end.Task.IsCompleted ? await _end.Task.ConfigureAwait(false) : throw Unknown("the connection to the broker is lost");
    }

    private FailedException Unknown(string why) => new(
        $"{why}. Nothing was removed. m2m settings {device} get broker shows what it uses, m2m credentials {device} remove NAME removes the other one");

    private int Conclude(string name, string state, string? reason, string loser, string? fault)
    {
        bool isConfirmed = state == Confirmed;
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("device", device);
                writer.WriteString("state", state);
                writer.WriteString("uses", isConfirmed ? name : old);
                writer.WriteString(fault is null ? "removed" : "notRemoved", loser);
                if (reason is not null)
                {
                    writer.WriteString("reason", reason);
                }

                writer.WriteEndObject();
            });
        }

        string removal = fault is null ? $"{loser} is removed" : $"{loser} is not removed: {fault}";
        if (!isConfirmed)
        {
            throw new FailedException($"{device} went back to {old}{(reason is null ? string.Empty : ": " + reason)}. {removal}");
        }

        if (fault is not null)
        {
            throw new FailedException($"{device} uses {name}. {removal}");
        }

        if (!invocation.Output.IsJson)
        {
            invocation.Output.Line($"{device} uses {name}; {removal}");
        }

        return 0;
    }

    private void OnMessage(Message message)
    {
        // An earlier trial may have ended before this one began.
        if (_isOnTrial && _topics.TryRead(message.Topic, out string from, out string level) && from == device && level == Topics.EventLevel
            && Json.TryParse(message.Payload, out JsonElement value) && Json.Text(value, "type") == "settings"
            && Json.Text(value, "state") is { } state)
        {
            _end.TrySetResult((state, Json.Text(value, "reason")));
        }
    }
}
