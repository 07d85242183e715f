using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.Telemetry;
using M2m.Devices;
using M2m.View;

namespace M2m.Commands;

internal static class HistoryCommand
{
    private const int RecordsOfPage = 100;

    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("history", "Shows the readings that a device remembers: a chart, or --csv or --json");
        Argument<string> device = arguments.Device();
        var channels = new Argument<string[]>("CHANNEL") { HelpName = "CHANNEL", Arity = ArgumentArity.ZeroOrMore, Description = "Only these, e.g. temperature [default: all]" };
        Option<long?> from = Time("--from", $"Only readings from this time on: {Moment.Rule} [default: the oldest]");
        Option<long?> to = Time("--to", "Only readings up to this time [default: the newest]");
        var csv = new Option<bool>("--csv") { Description = "Write CSV: one row a time in UTC, one column a channel, sorted by name" };
        command.Arguments.Add(device);
        channels.CompletionSources.Add(context => arguments.Named(context, device, "channels"));
        command.Arguments.Add(channels);
        Array.ForEach<Option>([from, to, csv], command.Options.Add);
        command.SetAction((result, _) =>
        {
            Invocation invocation = read(result);
            return result.GetValue(csv) && invocation.Output.IsJson
                ? throw new UsageException("--csv and --json exclude each other")
                : RunAsync(invocation, result.GetValue(device)!, result.GetValue(channels) ?? [], Params(result.GetValue(channels) ?? [], result.GetValue(from), result.GetValue(to)), result.GetValue(csv));
        });
        return command;
    }

    private static Option<long?> Time(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = (ArgumentResult result) =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (Moment.TryParse(text, DateTimeOffset.UtcNow, out long epochSeconds))
            {
                return epochSeconds;
            }

            result.AddError($"{name} must be {Moment.Rule}, not '{text}'");
            return null;
        },
    };

    private static JsonObject Params(string[] channels, long? from, long? to)
    {
        var parameters = new JsonObject { ["limit"] = RecordsOfPage };
        if (channels.Length > 0)
        {
            parameters["channels"] = new JsonArray([.. channels.Select(channel => (JsonNode)JsonValue.Create(channel))]);
        }

        if (from is not null)
        {
            parameters["from"] = from;
        }

        if (to is not null)
        {
            parameters["to"] = to;
        }

        return parameters;
    }

    private static async Task<int> RunAsync(Invocation invocation, string device, string[] channels, JsonObject parameters, bool isCsv)
    {
        bool isCleared = false;
        List<Reading> readings = await Output.WaitAsync($"reading the history of {device}", async tell =>
        {
            await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
            var readings = new List<Reading>();
            await foreach (JsonElement page in session.PagesAsync("history.read", parameters, "after").ConfigureAwait(false))
            {
                if (Json.Member(page, "pack") is { } pack && TelemetryMessage.Read(pack)?.At(DateTimeOffset.UtcNow) is { } some)
                {
                    readings.AddRange(some.Readings);
                }

                tell($"{readings.Count} readings of {device}");
            }

            isCleared = await ClearsAsync(session).ConfigureAwait(false);
            return readings;
        }).ConfigureAwait(false);
        Show(invocation.Output, device, readings, isCsv ? channels : null);
        if (isCleared)
        {
            Output.Note($"m2m: {device} is in deep sleep between its measurements, which clears its memory: its history goes back to its last wake. "
                + "Its readings are on flash only until the broker has them; m2m watch --output csv keeps what it sends");
        }

        return 0;
    }

    private static async Task<bool> ClearsAsync(DeviceSession session)
    {
        if (session.Presence is { State: Presence.Sleeping })
        {
            return true;
        }

        try
        {
            Response answer = await session.RequestAsync("settings.get", new JsonObject { ["keys"] = new JsonArray("power.mode") }, isQuery: true).ConfigureAwait(false);
            return answer.Result is { } result && Json.TryMember(result, "values", JsonValueKind.Object, out JsonElement? values) && Json.Text(values.Value, "power.mode") == "deep-sleep";
        }
        catch (FailedException)
        {
            // It went to sleep meanwhile, or is gone.
            return session.Presence is { State: Presence.Sleeping };
        }
    }

    private static void Show(Output output, string device, List<Reading> readings, string[]? csvChannels)
    {
        if (output.IsJson)
        {
            output.Json(writer =>
            {
                writer.WriteStartArray();
                readings.ForEach(reading => reading.WriteTo(writer));
                writer.WriteEndArray();
            });
        }
        else if (csvChannels is not null)
        {
            foreach (string row in HistoryCsv.Rows(readings, csvChannels))
            {
                output.Line(row);
            }
        }
        else if (readings.Count == 0)
        {
            Output.Note($"m2m: {device} remembers no such readings");
        }
        else
        {
            HistoryChart.Show(output, readings, DateTimeOffset.UtcNow);
        }
    }
}
