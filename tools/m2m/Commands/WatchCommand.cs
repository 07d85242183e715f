using System.Collections.Concurrent;
using System.CommandLine;
using System.Threading.Channels;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.View;
using M2m.Devices;
using M2m.Streams;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class WatchCommand
{
    private const int MaxWaiting = 10_000;
    private const int MaxCount = 1_000_000_000;
    private const int MaxPort = 65_535;
    private const long DefaultPort = 9464;
    private const string Csv = "csv";
    private const string JsonLines = "jsonl";
    private const string Influx = "influx";
    private const string Prometheus = "prometheus";
    private static readonly string[] Levels = [Topics.StatusLevel, Topics.TelemetryLevel, Topics.EventLevel];

    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("watch", "Shows what the devices say, until Ctrl+C: a live table on a terminal, one line an event elsewhere or with --json");
        Argument<string[]> devices = arguments.Devices();
        Option<long?> count = WholeNumber.Option("--count", "End after N events; without a live table", 1, MaxCount);
        command.Arguments.Add(devices);
        var output = new Option<string?>("--output")
        {
            HelpName = "FORMAT",
            Description = $"A stream for other programs: {Csv} (a row a reading), {JsonLines} (as --json), {Influx} (line protocol), or {Prometheus}, which serves /metrics on 127.0.0.1",
        };
        output.AcceptOnlyFromAmong(Csv, JsonLines, Influx, Prometheus);
        Option<long?> port = WholeNumber.Option("--port", $"With --output {Prometheus}: the port; 0 takes any [default: {DefaultPort}]", 0, MaxPort);
        command.Options.Add(count);
        command.Options.Add(output);
        var sort = new Option<string>("--sort") { HelpName = "COLUMN", Description = $"Order of the live table: {string.Join(", ", LiveSelection.Orders)} [default: {LiveSelection.ByDevice}]", DefaultValueFactory = _ => LiveSelection.ByDevice };
        sort.AcceptOnlyFromAmong([.. LiveSelection.Orders]);
        command.Options.Add(port);
        command.Options.Add(sort);
        command.SetAction((result, _) => RunAsync(read(result), [.. (result.GetValue(devices) ?? []).Distinct()], result.GetValue(count), result.GetValue(output), result.GetValue(port), result.GetValue(sort)!));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, string[] devices, long? count, string? output, long? port, string sort)
    {
        if (port is not null && output != Prometheus)
        {
            throw new UsageException($"--port is only for --output {Prometheus}");
        }

        if (invocation.Output.IsJson && output is not (null or JsonLines))
        {
            throw new UsageException($"--json and --output {output} exclude each other");
        }

        if (count is not null && output == Prometheus)
        {
            throw new UsageException($"--count and --output {Prometheus} exclude each other");
        }

        var topics = new Topics(invocation.Prefix);
        string[] filters = [.. (devices.Length == 0 ? [Topics.Any] : devices).SelectMany(device => Levels.Select(level => topics.Of(device, level)))];
        try
        {
            return output == Prometheus ? await ServeAsync(invocation, topics, filters, devices, (int)(port ?? DefaultPort)).ConfigureAwait(false)
                : invocation.Output is { IsTerminal: true, IsJson: false } && count is null && output is null
                ? await ShowLiveAsync(invocation, topics, filters, devices, sort).ConfigureAwait(false)
                : await ShowLinesAsync(invocation, topics, filters, devices, count ?? long.MaxValue, output).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (invocation.Cancel.IsCancellationRequested)
        {
            // Ctrl+C is the normal end.
            return 0;
        }
    }

    private static async Task<int> ShowLiveAsync(Invocation invocation, Topics topics, string[] filters, string[] devices, string sort)
    {
        var selection = new LiveSelection(sort);
        var missing = new ConcurrentDictionary<string, string>();
        var model = new LiveModel();
        string? trouble = null;
        var watched = new Watched(topics, happened =>
        {
            lock (model.Gate)
            {
                model.Apply(happened);
            }
        });
        await using BrokerSubscription watch = await invocation.SubscribeAsync(filters, watched.Take).ConfigureAwait(false);
        watch.Changed = lost => Volatile.Write(ref trouble, lost);
        _ = watched.SearchAsync(watch.Current, invocation, devices, (device, text) => missing[device] = text);
        var layout = new LiveLayout
        {
            Head = writer => Head(writer, invocation, model.Devices, Volatile.Read(ref trouble), missing, selection),
            Selection = selection,
            LastColumn = ("Signal", 7, device => device.SignalDbm is { } signal ? FormattableString.Invariant($"{signal:0} dBm") : "-"),
            NoDevice = "no device has published its presence yet; m2m discover looks under all prefixes",
        };
        using var view = new LiveScreen(writer =>
        {
            lock (model.Gate)
            {
                new LiveFrame(model, layout, DateTimeOffset.UtcNow, writer).Compose();
            }
        });
        invocation.Interruption.BeforeAbort = view.Leave;
        await view.RunAsync(invocation.Cancel, selection.Press).ConfigureAwait(false);
        return 0;
    }

    private static void Head(
        FrameWriter writer, Invocation invocation, IReadOnlyCollection<DeviceRow> devices, string? trouble, IReadOnlyDictionary<string, string> missing, LiveSelection selection)
    {
        const int MostMissing = 3;
        string count = devices.Count == 1 ? "1 device" : FormattableString.Invariant($"{devices.Count} devices");
        writer.Text($"m2m · {invocation.Broker} · {invocation.Prefix} · {count} · Ctrl+C ends", new Style(decoration: Decoration.Bold));
        if (trouble is not null)
        {
            writer.Text(trouble + ": trying again", Color.Red);
        }

        foreach (string text in missing.Where(one => devices.All(device => device.Id != one.Key)).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value).Take(MostMissing))
        {
            writer.Text(text, Color.Yellow);
        }

        writer.Text(selection.Help, Color.Grey);
    }

    private static async Task<int> ShowLinesAsync(Invocation invocation, Topics topics, string[] filters, string[] devices, long count, string? format)
    {
        if (format == Csv)
        {
            invocation.Output.Line(CsvStream.Heading);
        }

        var influx = new InfluxStream();
        var shared = new SharedIds();
        long dropped = 0;
        var events = Channel.CreateBounded<DeviceMessage>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Interlocked.Increment(ref dropped));
        var watched = new Watched(topics, happened => events.Writer.TryWrite(happened));
        await using BrokerSubscription watch = await invocation.SubscribeAsync(filters, watched.Take).ConfigureAwait(false);
        watch.Changed = trouble => Output.Note($"m2m: {trouble ?? "the broker is back"}");
        _ = watched.SearchAsync(watch.Current, invocation, devices, (_, text) => Output.Note("m2m: " + text));
        await foreach (DeviceMessage happened in events.Reader.ReadAllAsync(invocation.Cancel).ConfigureAwait(false))
        {
            if (Interlocked.Exchange(ref dropped, 0) is > 0 and var lost)
            {
                Output.Note($"m2m: {lost} events missed: the output is too slow");
            }

            if (shared.Apply(happened) is { } text)
            {
                Output.Note("m2m: warning: " + text);
            }

            if (Write(invocation.Output, format, influx, happened) && --count == 0)
            {
                break;
            }
        }

        return 0;
    }

    // Formats of readings leave other messages out.
    private static bool Write(Output output, string? format, InfluxStream influx, DeviceMessage happened)
    {
        if (output.IsJson || format == JsonLines)
        {
            output.Json(happened.WriteTo);
            return true;
        }

        string[] lines = format switch
        {
            Csv => [.. CsvStream.Lines(happened)],
            Influx => [.. influx.Lines(happened)],
            _ => [happened.ToString()],
        };
        Array.ForEach(lines, output.Line);
        return lines.Length > 0;
    }

    private static async Task<int> ServeAsync(Invocation invocation, Topics topics, string[] filters, string[] devices, int port)
    {
        var model = new LiveModel();
        var texts = new ShownTexts();
        using MetricsServer server = MetricsServer.Open(port, () =>
        {
            lock (model.Gate)
            {
                return PrometheusPage.Of(model, texts);
            }
        });
        var watched = new Watched(topics, happened =>
        {
            lock (model.Gate)
            {
                model.Apply(happened);
            }
        });
        await using BrokerSubscription watch = await invocation.SubscribeAsync(filters, watched.Take).ConfigureAwait(false);
        watch.Changed = trouble => Output.Note($"m2m: {trouble ?? "the broker is back"}");
        _ = watched.SearchAsync(watch.Current, invocation, devices, (_, text) => Output.Note("m2m: " + text));
        Output.Note($"m2m: metrics for Prometheus at {server.Url}, until Ctrl+C");
        await server.RunAsync(invocation.Cancel).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Takes what arrives, finds the devices where the broker delivers no retained status to a wildcard, and reports those that have none.</summary>
    private sealed class Watched(Topics topics, Action<DeviceMessage> show)
    {
        private readonly ConcurrentDictionary<string, bool> _present = new();

        public void Take(Message message)
        {
            // What the search asks and what answers it is no event of a device.
            if (topics.TryRead(message.Topic, out string device, out string level) && Levels.Contains(level)
                && DeviceMessage.Read(message, topics, DateTimeOffset.UtcNow) is { } happened)
            {
                if (level == Topics.StatusLevel && _present.Count < PresenceList.MaxDevices)
                {
                    _present[device] = true;
                }

                show(happened);
            }
        }

        public async Task SearchAsync(BrokerConnection broker, Invocation invocation, string[] devices, Action<string, string> reportMissing)
        {
            try
            {
                await broker.SettleAsync(() => devices.Length == 0 ? !_present.IsEmpty : devices.All(_present.ContainsKey), invocation.Cancel).ConfigureAwait(false);
                if (devices.Length == 0 && _present.IsEmpty)
                {
                    await GroupSearch.RunAsync(broker, topics, invocation.Cancel).ConfigureAwait(false);
                }

                string[] missing = [.. devices.Where(device => !_present.ContainsKey(device))];
                if (missing.Length > 0)
                {
                    await ReportAsync(missing, invocation, reportMissing).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is FailedException or OperationCanceledException)
            {
                // The broker is gone, or the watch has ended.
            }
        }

        // On a connection of its own: the statuses of other devices are no events here.
        private async Task ReportAsync(string[] missing, Invocation invocation, Action<string, string> report)
        {
            await using BrokerConnection broker = await invocation.ConnectAsync().ConfigureAwait(false);
            using var presences = new PresenceList(broker, topics);
            await presences.LookAsync(Topics.Any, invocation.Cancel).ConfigureAwait(false);
            foreach (string device in missing.Where(device => !_present.ContainsKey(device)))
            {
                report(device, UnknownDevice.Explain(device, presences, invocation) + " Waiting for it.");
            }
        }
    }
}
