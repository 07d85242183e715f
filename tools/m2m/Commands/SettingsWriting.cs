using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.View;
using M2m.Devices;
using M2m.Setup;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class SettingsWriting
{
    public static async Task<int> SetAsync(Invocation invocation, string device, IReadOnlyList<KeyValue> pairs, JsonObject values, long? revision)
    {
        string[] warnings = [];
        JsonObject sent = values;
        int exitCode = await ChangeAsync(invocation, device, "settings.set", async session =>
        {
            SettingsSchema? schema = await TryReadSchemaAsync(session).ConfigureAwait(false);
            JsonObject flat = sent = schema is null ? values : schema.Flatten(values);
            foreach (KeyValue pair in pairs)
            {
                if (!flat.TryAdd(pair.Key, schema is null ? pair.ToJson() : schema.Value(pair)))
                {
                    throw new UsageException($"'{pair.Key}' is in the file, too");
                }
            }

            warnings = await WarningsAsync(session, flat).ConfigureAwait(false);
            return With(revision, new JsonObject { ["values"] = flat });
        }, key => sent[key]).ConfigureAwait(false);
        Array.ForEach(warnings, warning => Output.Note("m2m: warning: " + warning));
        return exitCode;
    }

    // The device takes them: their sensor may come later.
    private static async Task<string[]> WarningsAsync(DeviceSession session, JsonObject values)
    {
        string[] fallback = [.. new[] { BrokerFallback.Warning(values) }.OfType<string>()];
        if (!values.Any(value => value.Key.StartsWith("channels.", StringComparison.Ordinal) || value.Key.StartsWith("children.", StringComparison.Ordinal)))
        {
            return fallback;
        }

        ChildSettings children = await ChildSettings.ReadAsync(session).ConfigureAwait(false);
        children.Apply(values);
        return [.. fallback, .. new[] { await UnknownChannelsAsync(session, values, children).ConfigureAwait(false) }.OfType<string>(), .. children.Ignored(values)];
    }

    private static async Task<string?> UnknownChannelsAsync(DeviceSession session, JsonObject values, ChildSettings children)
    {
        string[] named = [.. values.Where(value => value.Value is not null).Select(value => value.Key.Split('.')).Where(parts => parts is ["channels", _, ..]).Select(parts => parts[1]).Distinct()];
        if (named.Length == 0)
        {
            return null;
        }

        IReadOnlyList<string> known = await ChannelNames.ReadAsync(session, children).ConfigureAwait(false);
        string[] unknown = [.. known.Count == 0 ? [] : named.Except(known)];
        string questions = string.Concat(unknown.Select(name => Nearest.Question(name, known)));
        return unknown.Length == 0 ? null : $"{session.Device} has no channel {string.Join(", ", unknown.Select(name => $"'{name}'"))} now.{questions} It keeps the setting for a sensor that comes later";
    }

    public static Task<int> ResetAsync(Invocation invocation, string device, string[] keys, long? revision) => ChangeAsync(
        invocation,
        device,
        "settings.reset",
        async session =>
        {
            if (keys is not ["*"] && await TryReadSchemaAsync(session).ConfigureAwait(false) is { } schema && schema.FirstUnknown(keys) is { } unknown)
            {
                throw schema.Unknown(unknown);
            }

            return With(revision, new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => (JsonNode)JsonValue.Create(key))]) });
        });

    private static JsonObject With(long? revision, JsonObject parameters)
    {
        if (revision is not null)
        {
            parameters["revision"] = revision;
        }

        return parameters;
    }

    // Without a schema the device checks the value.
    private static async Task<SettingsSchema?> TryReadSchemaAsync(DeviceSession session)
    {
        try
        {
            return await SettingsSchema.ReadAsync(session).ConfigureAwait(false);
        }
        catch (DeviceRefusedException e) when (e.Error.Code == DeviceError.MethodNotFound)
        {
            return null;
        }
    }

    private static async Task<int> ChangeAsync(Invocation invocation, string device, string method, Func<DeviceSession, Task<JsonObject>> compose, Func<string, JsonNode?>? sent = null)
    {
        (Response answer, string? explanation) = await Output.WaitAsync($"changing the settings of {device}", async _ =>
        {
            await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
            Response answer = await session.RequestAsync(method, await compose(session).ConfigureAwait(false), isQuery: false).ConfigureAwait(false);
            return (answer, answer.Error is { } error ? await ExplainAsync(session, error, method, sent).ConfigureAwait(false) : null);
        }).ConfigureAwait(false);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json((answer.Result ?? ErrorObject(answer.Error!)).WriteTo);
        }
        else if (answer.Result is { } result)
        {
            Show(invocation.Output, device, result);
        }

        return explanation is null ? 0 : throw new FailedException(explanation);
    }

    private static JsonElement ErrorObject(DeviceError error) => JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["error"] = error.Raw });

    private static async Task<string> ExplainAsync(DeviceSession session, DeviceError error, string method, Func<string, JsonNode?>? sent)
    {
        if (error.Results is not { } results)
        {
            return error.Code == DeviceError.InvalidParams ? $"{session.Device} responds: {error}" : await session.ExplainAsync(error, method).ConfigureAwait(false);
        }

        // The device has one text for all that may be wrong with the channels of a child.
        var known = new FirmwareSettings();
        IEnumerable<string> lines = results.EnumerateObject().Select(result => $"  {result.Name}: {known.ChildFault(result.Name, sent?.Invoke(result.Name)) ?? JsonText.Plain(result.Value)}");
        return $"{session.Device} has changed nothing:\n{string.Join('\n', lines)}";
    }

    private static void Show(Output output, string device, JsonElement result)
    {
        if (!Json.TryMember(result, "results", JsonValueKind.Object, out JsonElement? results))
        {
            output.Pretty(result);
            return;
        }

        output.Table(["Setting", "Result"], results.Value.EnumerateObject().Select(one => (IReadOnlyList<(string, Style)>)
        [
            (one.Name, Style.Plain), (JsonText.Plain(one.Value), ResultStyle(JsonText.Plain(one.Value))),
        ]));
        string[] kinds = [.. results.Value.EnumerateObject().Select(one => JsonText.Plain(one.Value)).Distinct()];
        Output.Note(FormattableString.Invariant($"m2m: revision {Json.Number(result, "revision") ?? 0}"));
        foreach (string kind in kinds)
        {
            Tell(kind, device);
        }
    }

    private static void Tell(string kind, string device)
    {
        string? meaning = kind switch
        {
            "trial" => "on trial: kept if the device is online again within 120 s, else the old settings come back (m2m watch shows it)",
            "restart" => $"takes effect after: m2m request {device} restart",
            "reconnect" => "takes effect when the device reconnects, which it does now",
            _ => null,
        };
        if (meaning is not null)
        {
            Output.Note($"m2m: {kind}: {meaning}");
        }
    }

    private static Style ResultStyle(string result) => result switch
    {
        "applied" => Color.Green,
        "unchanged" => Color.Grey,
        _ => Color.Yellow,
    };
}
