using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.View;
using M2m.Devices;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class RulesCommand
{
    private const string Setting = "rules";

    // Of one request the device takes 4096 bytes, and 32 keys.
    private const int MaxRequest = 3600;
    private const int MaxKeys = 32;

    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("rules", "Shows, replaces or tests the rules of a device; without a subcommand: list");
        Argument<string> device = arguments.Device();
        command.Arguments.Add(device);
        command.SetAction((result, _) => ListAsync(read(result), result.GetValue(device)!));
        var list = new Command("list", "Shows the state of each rule, since when, how often it fired, and why");
        list.SetAction((result, _) => ListAsync(read(result), result.GetValue(device)!));
        command.Subcommands.Add(list);
        command.Subcommands.Add(CreateSet(read, device));
        command.Subcommands.Add(CreateTest(arguments, read, device));
        var acl = new Command("acl", "Prints what the broker must allow the device for its rules, as lines of a mosquitto ACL file");
        acl.SetAction((result, _) => AclAsync(read(result), result.GetValue(device)!));
        command.Subcommands.Add(acl);
        return command;
    }

    private static Command CreateSet(Func<ParseResult, Invocation> read, Argument<string> device)
    {
        var command = new Command("set", "Replaces all rules by those of a file, in its order: the first that decides an output wins");
        var file = new Argument<string>("FILE") { HelpName = "FILE", Description = "A JSON object of rules by name, alone or as \"rules\" of a settings file; - for standard input" };
        command.Arguments.Add(file);
        command.SetAction(async (result, _) =>
        {
            Invocation invocation = read(result);
            JsonObject[] requests = [.. Requests(Load(result.GetValue(file)!))];
            JsonElement last = default;
            await using DeviceSession session = await DeviceSession.OpenAsync(result.GetValue(device)!, invocation).ConfigureAwait(false);
            for (int i = 0; i < requests.Length; i++)
            {
                Response answer = await session.RequestAsync("settings.set", new JsonObject { ["values"] = requests[i] }, isQuery: false).ConfigureAwait(false);
                if (answer.Error is { } error)
                {
                    throw new FailedException(Explain(session.Device, error, requests.Length > 1 ? i : -1));
                }

                last = answer.Result!.Value;
            }

            if (invocation.Output.IsJson)
            {
                invocation.Output.Json(last.WriteTo);
            }
            else
            {
                Output.Note(FormattableString.Invariant($"m2m: revision {Json.Number(last, "revision") ?? 0}"));
            }

            return 0;
        });
        return command;
    }

    private static Command CreateTest(DeviceArguments arguments, Func<ParseResult, Invocation> read, Argument<string> device)
    {
        var command = new Command("test", "Evaluates a rule with given values; nothing is switched");
        var rule = new Argument<string>("RULE") { HelpName = "RULE", Description = "The name of the rule" };
        var pairs = new Argument<string[]>("CHANNEL=VALUE")
        {
            HelpName = "CHANNEL=VALUE",
            Arity = ArgumentArity.ZeroOrMore,
            Description = "A number, true, false, or null for none; OTHER/CHANNEL for that of another device. What is not given is as it is",
        };
        var time = new Option<long?>("--time") { HelpName = "SECONDS", Description = "The time as epoch seconds [default: now]" };
        rule.CompletionSources.Add(context => arguments.Rules(context, device, rule));
        pairs.CompletionSources.Add(context => arguments.ValuesOf(context, device, rule));
        command.Arguments.Add(rule);
        command.Arguments.Add(pairs);
        command.Options.Add(time);
        command.SetAction(async (result, _) =>
        {
            Invocation invocation = read(result);
            var values = new JsonObject();
            foreach (KeyValue pair in KeyValue.ParseAll(result.GetValue(pairs) ?? []))
            {
                values[pair.Key] = pair.ToJson();
            }

            var parameters = new JsonObject { ["rule"] = result.GetValue(rule), ["values"] = values };
            if (result.GetValue(time) is { } seconds)
            {
                parameters["time"] = seconds;
            }

            await using DeviceSession session = await DeviceSession.OpenAsync(result.GetValue(device)!, invocation).ConfigureAwait(false);
            JsonElement tested = await session.ResultAsync("rules.test", parameters).ConfigureAwait(false);
            if (invocation.Output.IsJson)
            {
                invocation.Output.Json(tested.WriteTo);
                return 0;
            }

            string actions = Json.TryMember(tested, "actions", JsonValueKind.Array, out JsonElement? list) ? list.Value.GetRawText() : "[]";
            invocation.Output.Table(["State", "Why", "Actions"], [[(Json.Text(tested, "state") ?? "-", StyleOf(tested)), (Json.Text(tested, "why") ?? "-", Style.Plain), (actions, Style.Plain)]]);
            return 0;
        });
        return command;
    }

    private static async Task<int> ListAsync(Invocation invocation, string device)
    {
        await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
        JsonElement result = await session.ResultAsync("rules.list").ConfigureAwait(false);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(result.WriteTo);
            return 0;
        }

        JsonElement[] rules = Json.TryMember(result, Setting, JsonValueKind.Array, out JsonElement? list) ? [.. list.Value.EnumerateArray()] : [];
        invocation.Output.Table(["Rule", "State", "Since", "Firings", "Why"], rules.Select(rule => (IReadOnlyList<(string, Style)>)
        [
            (Json.Text(rule, "rule") ?? "-", new Style(decoration: Decoration.Bold)),
            (Json.Text(rule, "state") ?? "-", StyleOf(rule)),
            (FormattableString.Invariant($"{Json.Number(rule, "since") ?? 0} s"), Style.Plain),
            (FormattableString.Invariant($"{Json.Number(rule, "firings") ?? 0}"), Style.Plain),
            (Json.Text(rule, "why") ?? "-", Style.Plain),
        ]));
        if (Json.Text(result, "refused") is { } refused)
        {
            Output.Note($"m2m: an output is not as wanted: {refused}");
        }

        return 0;
    }

    private static async Task<int> AclAsync(Invocation invocation, string device)
    {
        await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
        var rules = new List<JsonElement>();
        await foreach (JsonElement page in session.PagesAsync("settings.get", new JsonObject { ["keys"] = new JsonArray(Setting) }, "after").ConfigureAwait(false))
        {
            if (Json.TryMember(page, "values", JsonValueKind.Object, out JsonElement? values))
            {
                rules.AddRange(values.Value.EnumerateObject().Select(rule => rule.Value.Clone()));
            }
        }

        string[] lines = [.. AclOf(device, invocation.Prefix, rules)];
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(JsonSerializer.SerializeToElement(lines).WriteTo);
        }
        else
        {
            foreach (string line in lines)
            {
                invocation.Output.Line(line);
            }
        }

        return 0;
    }

    /// <summary>What is beyond a device's own topics: it reads other devices, and sends them requests.</summary>
    public static IEnumerable<string> AclOf(string device, string prefix, IEnumerable<JsonElement> rules)
    {
        string[] lists = ["when", "and", "then", "else", "stale"];
        JsonElement[] items = [.. rules.Where(rule => rule.ValueKind == JsonValueKind.Object)
            .SelectMany(rule => lists.Select(name => Json.TryMember(rule, name, JsonValueKind.Array, out JsonElement? list) ? list.Value.EnumerateArray().ToArray() : []).SelectMany(list => list))];
        string[] read = [.. items.Select(item => Json.Text(item, "device")).OfType<string>().Distinct()];
        string[] asked = [.. items.Select(item => Json.Text(item, "request")).OfType<string>().Distinct()];
        IEnumerable<string> topics =
        [
            .. read.SelectMany(other => new[] { $"topic read {prefix}/{other}/status", $"topic read {prefix}/{other}/telemetry" }),
            .. asked.SelectMany(other => new[] { $"topic write {prefix}/{other}/request", $"topic read {prefix}/{other}/response/{device}" }),
        ];
        return topics.Any() ? topics.Prepend($"user {device}") : [];
    }

    private static JsonObject Load(string path)
    {
        string text;
        try
        {
            text = path == "-" ? Console.In.ReadToEnd() : File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }

        try
        {
            JsonNode? root = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            return root as JsonObject is { } rules ? rules[Setting] as JsonObject ?? rules : throw new UsageException($"{path}: must be a JSON object of rules by name");
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }

    // The first removes the rules that there are; the others go behind it.
    private static IEnumerable<JsonObject> Requests(JsonObject rules)
    {
        var values = new JsonObject { [Setting] = null };
        int length = 0;
        foreach ((string name, JsonNode? rule) in rules)
        {
            int size = Encoding.UTF8.GetByteCount(rule?.ToJsonString() ?? "null") + name.Length + Setting.Length + 5;
            if (values.Count == MaxKeys || (length > 0 && length + size > MaxRequest))
            {
                yield return values;
                values = [];
                length = 0;
            }

            values[$"{Setting}.{name}"] = rule?.DeepClone();
            length += size;
        }

        yield return values;
    }

    private static string Explain(string device, DeviceError error, int request)
    {
        string already = request > 0 ? " The rules before it are set: correct the file and set it again." : string.Empty;
        return error.Results is not { } results ? $"{device} responds: {error}.{already}"
            : $"{device} refuses:\n{string.Join('\n', results.EnumerateObject().Where(result => JsonText.Plain(result.Value) != "ok").Select(result => $"  {result.Name}: {JsonText.Plain(result.Value)}"))}{already}";
    }

    private static Style StyleOf(JsonElement rule) => Json.Text(rule, "state") switch
    {
        "active" => Color.Green,
        "stale" => Color.Yellow,
        "suspended" => Color.Red,
        _ => Style.Plain,
    };
}
