using System.CommandLine;
using System.Text.Json;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Updates;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class UpdateStatusCommand
{
    private const string Method = "update.status";
    private static readonly TimeSpan GroupPatience = TimeSpan.FromSeconds(5);

    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("status", "Shows which image devices run, and the progress of an update; 1 when a device does not respond");
        Argument<string[]> devices = arguments.Devices();
        devices.Description = "Ids of the devices; left out with --group";
        command.Arguments.Add(devices);
        Option<string?> group = UpdateCommand.AddGroup(command);
        command.SetAction((result, _) =>
        {
            string[] ids = [.. (result.GetValue(devices) ?? []).Distinct()];
            return result.GetValue(group) is null == (ids.Length > 0)
                ? RunAsync(read(result), ids, result.GetValue(group))
                : throw new UsageException("say which devices, or --group: m2m update status DEVICE ...");
        });
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, string[] ids, string? group)
    {
        IReadOnlyList<(string Device, Response? Response)> answers = await Output.WaitAsync("asking", async tell =>
        {
            await using UpdateServing serving = await UpdateServing.OpenAsync(invocation, null).ConfigureAwait(false);
            return group is null ? await RequestAsync(invocation, serving, ids).ConfigureAwait(false) : await RequestGroupAsync(invocation, serving, group, tell).ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer => Write(writer, answers));
        }
        else if (answers.Count > 0)
        {
            Show(invocation.Output, answers);
        }

        if (answers.Count == 0)
        {
            throw new FailedException($"no member of group {group} responded: m2m devices lists the devices");
        }

        return answers.All(answer => answer.Response?.Result is not null) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<(string Device, Response? Response)>> RequestAsync(Invocation invocation, UpdateServing serving, string[] ids) =>
        await Task.WhenAll(ids.Select(async id => (id, await serving.Link.RequestAsync(id, Method, null, invocation.Timeout, invocation.Cancel).ConfigureAwait(false)))).ConfigureAwait(false);

    private static async Task<IReadOnlyList<(string Device, Response? Response)>> RequestGroupAsync(Invocation invocation, UpdateServing serving, string group, Action<string> tell)
    {
        var answers = new SortedDictionary<string, Response?>(StringComparer.Ordinal);
        await foreach (Response answer in serving.Link.RequestGroupAsync(group, Method, invocation.IsTimeoutGiven ? invocation.Timeout : GroupPatience, invocation.Cancel).ConfigureAwait(false))
        {
            answers[answer.Device] = answer;
            tell($"{answers.Count} responded");
        }

        return [.. answers.Select(answer => (answer.Key, answer.Value))];
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<(string Device, Response? Response)> answers)
    {
        writer.WriteStartArray();
        foreach ((string device, Response? answer) in answers)
        {
            writer.WriteStartObject();
            writer.WriteString("device", device);
            if (answer is not null)
            {
                writer.WritePropertyName(answer.Error is null ? "result" : "error");
                (answer.Error?.Raw ?? answer.Result!.Value).WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Show(Output output, IReadOnlyList<(string Device, Response? Response)> answers) => output.Table(
        ["Device", "State", "Runs", "Gets", "Blocks", "Result", "Reason"],
        answers.Select(answer => (IReadOnlyList<(string, Style)>)(Said(answer.Response) is { } said
            ?
            [
                (answer.Device, Style.Plain),
                (UpdateEvent.WithGate(said.State, said.Gate), FleetFrame.StateStyle(said.State)),
                (said.Image ?? (said.BuiltIn is null ? "-" : said.BuiltIn + " (built in)"), Style.Plain),
                (said.Version is { } version && said.State != UpdateEvent.Idle ? version.ToString() : "-", Style.Plain),
                (FleetFrame.Count(said.Blocks, said.Of), Style.Plain),
                (ResultText.Of(said.Result), Style.Plain),
                (said.Reason ?? "-", Style.Plain),
            ]
            :
            [
                (answer.Device, Style.Plain), ("?", Style.Plain), ("-", Style.Plain), ("-", Style.Plain), ("-", Style.Plain), ("-", Style.Plain),
                (answer.Response?.Error is { } error ? error.ToString() : "no answer", Color.Red),
            ])));

    private static UpdateEvent? Said(Response? answer) => answer?.Result is { } result ? UpdateEvent.Read(result) : null;
}
