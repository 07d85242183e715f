using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.Telemetry;
using M2m.Client.View;
using M2m.Devices;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class RequestCommand
{
    private const string AllDevices = "all";
    private const double DefaultSpread = 2;
    private const double SpreadMargin = 3;

    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("request", "Sends a request to a device, or with --group to all members of a group, and shows the response");
        Argument<string> device = arguments.Device();
        device.Description = "Id of the device; left out with --group";
        var method = new Argument<string>("METHOD") { HelpName = "METHOD", Arity = ArgumentArity.ZeroOrOne, Description = "The method, e.g. ping, read, info; 'methods' lists all, with their params" };
        var pairs = new Argument<string[]>("KEY=VALUE")
        {
            HelpName = "KEY=VALUE",
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Params: a value is JSON where it parses as JSON, else text (to give text that looks like JSON: key='\"5\"')",
        };
        var group = new Option<string?>("--group") { HelpName = "GROUP", Description = "Send the request to every member of this group; all devices are in 'all'. Waits for spread + 3 s, or --timeout" };
        group.Validators.Add(DeviceArguments.RequireName);
        var query = new Option<bool>("--query") { Description = "Send it on the query topic, which takes only methods that read: enough for who may not change anything" };
        method.CompletionSources.Add(context => arguments.Methods(context, device, method));
        pairs.CompletionSources.Add(context => arguments.Params(context, device, method));
        command.Arguments.Add(device);
        command.Arguments.Add(method);
        command.Arguments.Add(pairs);
        command.Options.Add(group);
        command.Options.Add(query);
        command.SetAction((result, _) =>
        {
            string[] words = [.. new[] { result.GetValue(device), result.GetValue(method) }.OfType<string>(), .. result.GetValue(pairs) ?? []];
            return result.GetValue(group) is { } name
                ? RequestGroupAsync(read(result), name, words[0], Params(words.Skip(1)), result.GetValue(query))
                : words.Length < 2 || words[1].Contains('=', StringComparison.Ordinal)
                    ? throw new UsageException("the method is missing: m2m request DEVICE METHOD [KEY=VALUE ...]; m2m request DEVICE methods lists them")
                    : RequestAsync(read(result), words[0], words[1], Params(words.Skip(2)), result.GetValue(query));
        });
        return command;
    }

    private static JsonObject Params(IEnumerable<string> arguments)
    {
        var parameters = new JsonObject();
        foreach (KeyValue pair in KeyValue.ParseAll(arguments))
        {
            parameters[pair.Key] = pair.ToJson();
        }

        return parameters;
    }

    private static async Task<int> RequestAsync(Invocation invocation, string device, string method, JsonObject parameters, bool isQuery)
    {
        (Response answer, string? explanation) = await Output.WaitAsync($"sending a request to {device}", async tell =>
        {
            await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
            tell(session.Presence is { State: not Presence.Online } presence ? $"waiting for {device}, which is {presence.State}" : $"waiting for {device}");
            Response answer = await session.RequestAsync(method, parameters, isQuery).ConfigureAwait(false);
            return (answer, answer.Error is { } error ? await session.ExplainAsync(error, method, parameters).ConfigureAwait(false) : null);
        }).ConfigureAwait(false);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer => Write(writer, answer));
        }
        else if (answer.Result is { } result)
        {
            Show(invocation.Output, result);
        }

        return explanation is null ? 0 : throw new FailedException(explanation);
    }

    private static async Task<int> RequestGroupAsync(Invocation invocation, string group, string method, JsonObject parameters, bool isQuery)
    {
        double spread = parameters["spread"]?.GetValueKind() == JsonValueKind.Number && parameters["spread"]!.AsValue().TryGetValue(out double given) && given is >= 0 and <= 300
            ? given : DefaultSpread;
        TimeSpan timeout = invocation.IsTimeoutGiven ? invocation.Timeout : TimeSpan.FromSeconds(spread + SpreadMargin);
        await using BrokerConnection broker = await invocation.ConnectAsync().ConfigureAwait(false);
        var topics = new Topics(invocation.Prefix);
        using var presences = new PresenceList(broker, topics);
        await presences.LookAsync(Topics.Any, invocation.Cancel).ConfigureAwait(false);
        HashSet<string> awaited = group == AllDevices ? [.. presences.All.Where(device => device.State == Presence.Online).Select(device => device.Id)] : [];
        int online = awaited.Count;
        int answers = 0;
        int errors = 0;
        await Output.WaitAsync($"sending a request to group {group}", async tell =>
        {
            using var client = new RequestClient(broker, topics);
            await foreach (Response answer in client.RequestGroupAsync(group, method, parameters, isQuery, timeout, invocation.Cancel).ConfigureAwait(false))
            {
                answers++;
                errors += answer.Error is null ? 0 : 1;
                tell($"{answers} responded");
                ShowOfGroup(invocation.Output, answer);
                awaited.Remove(answer.Device);
                if (online > 0 && awaited.Count == 0)
                {
                    break;
                }
            }

            return true;
        }).ConfigureAwait(false);
        string missing = awaited.Count == 0 ? string.Empty : $"; online without a response: {string.Join(", ", awaited.Order(StringComparer.Ordinal).Take(10))}{(awaited.Count > 10 ? ", ..." : string.Empty)}";
        Output.Note(FormattableString.Invariant($"m2m: {answers} responded{(errors == 0 ? string.Empty : $", {errors} of them with an error")}{missing}"));
        return answers > 0 && errors == 0 && awaited.Count == 0 ? 0 : 1;
    }

    private static void Write(Utf8JsonWriter writer, Response answer)
    {
        writer.WriteStartObject();
        writer.WriteString("device", answer.Device);
        writer.WritePropertyName(answer.Error is null ? "result" : "error");
        (answer.Error?.Raw ?? answer.Result!.Value).WriteTo(writer);
        writer.WriteEndObject();
    }

    private static void ShowOfGroup(Output output, Response answer)
    {
        if (output.IsJson)
        {
            output.Json(writer => Write(writer, answer));
        }
        else
        {
            output.Line($"{answer.Device}  {answer.Outcome}");
        }
    }

    private static void Show(Output output, JsonElement result)
    {
        if (ReadPack(result) is not { } pack)
        {
            output.Pretty(result);
            return;
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        output.Table(["Channel", "Value", "Unit", "Time"], pack.Readings.Select(reading => (IReadOnlyList<(string, Style)>)
        [
            (reading.Name, Style.Plain), (JsonText.Plain(reading.Value), new Style(decoration: Decoration.Bold)), (reading.Unit, Style.Plain), (TimeText.At(reading.Time, now), Color.Grey),
        ]));
    }

    // A flat object may be any result: it is shown unchanged.
    private static TelemetryMessage? ReadPack(JsonElement result) =>
        result.ValueKind == JsonValueKind.Array && TelemetryMessage.Read(result)?.At(DateTimeOffset.UtcNow) is { Readings.Count: > 0 } pack ? pack : null;
}
