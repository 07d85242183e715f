using System.CommandLine;
using System.Text.Json;
using M2m.Arguments;
using M2m.Client.Mqtt;
using M2m.Client.View;
using M2m.Devices;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class InputsCommand
{
    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("inputs", "Shows the inputs of a device: contacts, meters, voltages, thermometers");
        Argument<string> device = arguments.Device();
        command.Arguments.Add(device);
        command.SetAction((result, _) => ListAsync(read(result), result.GetValue(device)!));
        return command;
    }

    private static async Task<int> ListAsync(Invocation invocation, string device)
    {
        JsonElement[] inputs = await Output.WaitAsync($"reading the inputs of {device}", async _ =>
        {
            await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
            JsonElement result = await session.ResultAsync("inputs.list").ConfigureAwait(false);
            return Json.TryMember(result, "inputs", JsonValueKind.Array, out JsonElement? list) ? list.Value.EnumerateArray().ToArray() : [];
        }).ConfigureAwait(false);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(JsonSerializer.SerializeToElement(inputs).WriteTo);
            return 0;
        }

        invocation.Output.Table(["Name", "Kind", "Pin", "Value", "Age", "Detail"], inputs.Select(input => (IReadOnlyList<(string, Style)>)
        [
            (Json.Text(input, "name") ?? "-", new Style(decoration: Decoration.Bold)),
            (Json.Text(input, "kind") ?? "-", Style.Plain),
            (Plain(input, "pin") ?? Json.Text(input, "address") ?? "-", Style.Plain),
            (ValueOf(input), Json.Text(input, "fault") is null ? Style.Plain : Color.Red),
            (Plain(input, "age") is { } age ? age + " s" : "-", Style.Plain),
            (DetailOf(input), Color.Grey),
        ]));
        return 0;
    }

    private static string ValueOf(JsonElement input) => Json.Text(input, "fault")
        ?? string.Join(' ', new[] { Plain(input, "value") ?? "-", Json.Text(input, "unit") }.OfType<string>());

    private static string DetailOf(JsonElement input) => string.Join(", ", new[]
    {
        Json.Text(input, "channel") is { } channel ? "channel " + channel : null,
        Plain(input, "changes") is { } changes ? changes + " changes" : null,
        Plain(input, "pulses") is { } pulses ? pulses + " pulses" : null,
        Plain(input, "millivolts") is { } millivolts ? millivolts + " mV" : null,
    }.OfType<string>());

    private static string? Plain(JsonElement input, string member) => Json.Member(input, member) is { } value ? JsonText.Plain(value) : null;
}
