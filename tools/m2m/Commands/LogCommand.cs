using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using M2m.Arguments;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.View;
using M2m.Devices;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class LogCommand
{
    private const int MostOfPage = 50;
    private const int DefaultLimit = 20;
    private const int MaxLimit = 10_000;
    private const int MaxWaitingLines = 1000;
    private static readonly string[] Levels = ["debug", "information", "warning", "error"];

    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("log", "Shows the last lines of a device's log, oldest first");
        Argument<string> device = arguments.Device();
        var level = new Option<string?>("--level") { HelpName = "LEVEL", Description = $"Only lines of at least this level: {string.Join(", ", Levels)} [default: all]" };
        level.CompletionSources.Add(Levels);
        level.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !Levels.Contains(result.Tokens[0].Value))
            {
                result.AddError($"--level must be one of {string.Join(", ", Levels)}, not '{result.Tokens[0].Value}'");
            }
        });
        Option<long?> limit = WholeNumber.Option("--limit", $"Number of lines at most [default: {DefaultLimit}]", 1, MaxLimit);
        var follow = new Option<bool>("--follow", "-f") { Description = "Then show each line that the device publishes, until Ctrl+C; its setting log.level selects the lines that it publishes" };
        command.Arguments.Add(device);
        Array.ForEach<Option>([level, limit, follow], command.Options.Add);
        command.SetAction((result, _) => result.GetValue(follow)
            ? FollowAsync(read(result), result.GetValue(device)!, result.GetValue(level), (int)(result.GetValue(limit) ?? DefaultLimit))
            : ShowAsync(read(result), result.GetValue(device)!, result.GetValue(level), (int)(result.GetValue(limit) ?? DefaultLimit)));
        return command;
    }

    private static async Task<int> ShowAsync(Invocation invocation, string device, string? level, int limit)
    {
        List<JsonElement> lines = await Output.WaitAsync($"reading the log of {device}", async _ =>
        {
            await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
            return await ReadAsync(session, level, limit).ConfigureAwait(false);
        }).ConfigureAwait(false);
        lines.ForEach(line => Show(invocation.Output, line));
        return 0;
    }

    private static async Task<int> FollowAsync(Invocation invocation, string device, string? level, int limit)
    {
        string topic = new Topics(invocation.Prefix).Of(device, Topics.LogLevel);
        var lines = Channel.CreateBounded<JsonElement>(new BoundedChannelOptions(MaxWaitingLines) { FullMode = BoundedChannelFullMode.DropOldest });
        void Take(Message message)
        {
            if (message.Topic == topic && Json.TryParse(message.Payload, out JsonElement line) && line.ValueKind == JsonValueKind.Object)
            {
                lines.Writer.TryWrite(line);
            }
        }

        // It subscribes before the request: no line is missed.
        await using BrokerSubscription watch = await invocation.SubscribeAsync([topic], Take).ConfigureAwait(false);
        double last = await TellPastAsync(invocation, device, level, limit).ConfigureAwait(false);
        try
        {
            await foreach (JsonElement line in lines.Reader.ReadAllAsync(invocation.Cancel).ConfigureAwait(false))
            {
                // A lower number is not old when the device has started again.
                double number = Json.Number(line, "n") ?? double.MaxValue;
                bool isRepeat = number <= last && number > last - MostOfPage;
                if (!isRepeat && IsAtLeast(line, level))
                {
                    Show(invocation.Output, line);
                }

                last = isRepeat ? last : -1;
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is the normal end.
        }

        return 0;
    }

    // Returns the number of the newest line.
    private static async Task<double> TellPastAsync(Invocation invocation, string device, string? level, int limit)
    {
        (List<JsonElement> past, string? publishes) = await Output.WaitAsync($"reading the log of {device}", async _ =>
        {
            await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
            return (await ReadAsync(session, level, limit).ConfigureAwait(false), await PublishedLevelAsync(session).ConfigureAwait(false));
        }).ConfigureAwait(false);
        past.ForEach(line => Show(invocation.Output, line));
        if (publishes == "off")
        {
            Output.Note($"m2m: {device} publishes no lines now: m2m settings {device} set log.level=information");
        }

        return past.Count == 0 ? -1 : Json.Number(past[^1], "n") ?? -1;
    }

    private static async Task<string?> PublishedLevelAsync(DeviceSession session)
    {
        Response answer = await session.RequestAsync("settings.get", new JsonObject { ["keys"] = new JsonArray("log.level") }, isQuery: true).ConfigureAwait(false);
        return answer.Result is { } result && Json.TryMember(result, "values", JsonValueKind.Object, out JsonElement? values) ? Json.Text(values.Value, "log.level") : null;
    }

    private static async Task<List<JsonElement>> ReadAsync(DeviceSession session, string? level, int limit)
    {
        var parameters = new JsonObject { ["limit"] = Math.Min(limit, MostOfPage) };
        if (level is not null)
        {
            parameters["level"] = level;
        }

        var lines = new List<JsonElement>();
        await foreach (JsonElement page in session.PagesAsync("log.read", parameters, "before").ConfigureAwait(false))
        {
            if (Json.TryMember(page, "lines", JsonValueKind.Array, out JsonElement? some))
            {
                lines.AddRange(some.Value.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.Object));
            }

            if (lines.Count >= limit)
            {
                break;
            }
        }

        return [.. lines.Take(limit).Reverse()];
    }

    private static bool IsAtLeast(JsonElement line, string? level) =>
        level is null || Array.IndexOf(Levels, Json.Text(line, "level")) is var index && (index < 0 || index >= Array.IndexOf(Levels, level));

    private static void Show(Output output, JsonElement line)
    {
        if (output.IsJson)
        {
            output.Json(line.WriteTo);
            return;
        }

        string time = Json.Number(line, "time") is { } epoch ? TimeText.Utc(epoch).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)
            : Json.Number(line, "uptime") is { } uptime ? FormattableString.Invariant($"up {uptime:0} s").PadRight(19) : "-".PadRight(19);
        string level = Json.Text(line, "level") ?? "-";
        output.Styled(($"{time}  ", Color.Grey), ($"{level,-11}  ", LevelStyle(level)), (Json.Text(line, "text") ?? string.Empty, Style.Plain));
    }

    private static Style LevelStyle(string level) => level switch
    {
        "error" => Color.Red,
        "warning" => Color.Yellow,
        "debug" => Color.Grey,
        _ => Style.Plain,
    };
}
