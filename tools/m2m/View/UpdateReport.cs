using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using M2m.Client.View;
using M2m.Updates;

namespace M2m.View;

/// <summary>
/// Reports the progress of an update: a live table on a terminal, lines elsewhere, or JSON. It may be called on any
/// thread; one thread writes.
/// </summary>
internal sealed class UpdateReport
{
    private const int MaxWaiting = 10_000;

    private readonly Invocation _invocation;
    private readonly FleetProgress _fleet;
    private readonly Channel<Action> _lines = Channel.CreateBounded<Action>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    public UpdateReport(Invocation invocation, string what)
    {
        _invocation = invocation;
        _fleet = new FleetProgress($"{what} · {invocation.Broker} · {invocation.Prefix}");
        IsLive = invocation.Output is { IsTerminal: true, IsJson: false };
    }

    private bool IsLive { get; }

    private Output Output => _invocation.Output;

    public async Task RunAsync(CancellationToken over)
    {
        if (IsLive)
        {
            using var view = new LiveScreen(writer =>
            {
                lock (_fleet.Gate)
                {
                    new FleetFrame(_fleet, DateTimeOffset.UtcNow, writer).Compose();
                }
            });
            _invocation.Interruption.BeforeAbort = view.Leave;
            await view.RunAsync(over).ConfigureAwait(false);
            return;
        }

        using CancellationTokenRegistration end = over.Register(() => _lines.Writer.TryComplete());
        await foreach (Action line in _lines.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            line();
        }
    }

    public void Release(ReleaseChange change)
    {
        string text = change.Kind switch
        {
            ReleaseChange.Serving => string.Create(CultureInfo.InvariantCulture, $"serving {change.Release} ({change.Release!.Manifest.BlockCount} blocks{(change.Release.Signature is null ? ", NOT SIGNED: devices refuse it" : string.Empty)})"),
            ReleaseChange.Gone => $"{change.Release} is gone: not served any more",
            _ => $"NOT SERVED: {change.File}: {change.Reason}",
        };
        Show(change.Kind == ReleaseChange.Refused || change.Release?.Signature is null, text, writer =>
        {
            writer.WriteString("type", change.Kind);
            writer.WriteString("file", change.File);
            if (change.Release is { } release)
            {
                writer.WriteString("board", release.Board);
                writer.WriteString("version", release.Version.ToString());
                writer.WriteNumber("size", release.Manifest.Size);
                writer.WriteNumber("blocks", release.Manifest.BlockCount);
                writer.WriteBoolean("signed", release.Signature is not null);
            }

            WriteText(writer, "reason", change.Reason);
        });
    }

    public void Releases(IReadOnlyList<Release> releases, bool isServing = true)
    {
        lock (_fleet.Gate)
        {
            _fleet.Releases = releases.Count == 0 ? "nothing is served" : (isServing ? "serving " : "offering ") + string.Join(", ", releases);
        }
    }

    public void Queue(string device, UpdateEvent said)
    {
        lock (_fleet.Gate)
        {
            _fleet.Tell(device, said, DateTimeOffset.UtcNow);
        }
    }

    public void Block(ServedBlock served)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        lock (_fleet.Gate)
        {
            _fleet.Serve(served, now);
        }

        if (!Output.IsJson && (IsLive || (served.Block > 0 && served.Bad == 0)))
        {
            return;
        }

        int count = served.Release.Manifest.BlockCount;
        string bad = served.Bad > 0 ? $" again: it was bad {served.Bad} times" : string.Empty;
        Line(now, $"{served.Device} gets {served.Release.Version}, block {served.Block} of {count}{bad}", writer =>
        {
            writer.WriteString("type", "block");
            writer.WriteString("device", served.Device);
            writer.WriteString("version", served.Release.Version.ToString());
            writer.WriteNumber("block", served.Block);
            writer.WriteNumber("of", count);
            if (served.Bad > 0)
            {
                writer.WriteNumber("bad", served.Bad);
            }
        });
    }

    public void State(string device, UpdateEvent said, bool? isEnd = null)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        lock (_fleet.Gate)
        {
            _fleet.Tell(device, said, now);
        }

        string[] parts = [device, said.Version?.ToString() ?? string.Empty, UpdateEvent.WithGate(said.State, said.Gate), said.Blocks is null ? string.Empty : FleetFrame.Count(said.Blocks, said.Of), said.Reason ?? string.Empty];
        Line(now, string.Join(' ', parts.Where(part => part.Length > 0)), writer =>
        {
            writer.WriteString("type", "device");
            writer.WriteString("device", device);
            WriteText(writer, "version", said.Version?.ToString());
            writer.WriteString("state", said.State);
            WriteNumber(writer, "blocks", said.Blocks);
            WriteNumber(writer, "of", said.Of);
            WriteNumber(writer, "result", said.Result);
            WriteText(writer, "gate", said.Gate);
            WriteText(writer, "reason", said.Reason);
            if (isEnd is { } end)
            {
                writer.WriteBoolean("end", end);
            }
        });
    }

    public void Note(string text, bool isStrange = true) => Show(isStrange, text, writer =>
    {
        writer.WriteString("type", "note");
        writer.WriteString("text", text);
    });

    public void Trouble(string? trouble)
    {
        _fleet.Trouble = trouble;
        if (!IsLive)
        {
            Output.Note($"m2m: {trouble ?? "the broker is back"}");
        }
    }

    public void Json(Action<Utf8JsonWriter> write)
    {
        if (Output.IsJson)
        {
            Line(DateTimeOffset.UtcNow, string.Empty, write);
        }
    }

    // A problem goes to standard error too, besides the table or the JSON.
    private void Show(bool isStrange, string text, Action<Utf8JsonWriter> write)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        if (isStrange)
        {
            lock (_fleet.Gate)
            {
                _fleet.Note(text.ReplaceLineEndings(" "), now);
            }
        }

        if (isStrange && !IsLive)
        {
            Output.Note("m2m: " + text.ReplaceLineEndings(" "));
        }

        if (!isStrange || Output.IsJson)
        {
            Line(now, text, write);
        }
    }

    private void Line(DateTimeOffset now, string text, Action<Utf8JsonWriter> write)
    {
        if (IsLive)
        {
            return;
        }

        _lines.Writer.TryWrite(() =>
        {
            if (!Output.IsJson)
            {
                Output.Line($"{now.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {text}");
                return;
            }

            Output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("at", now.ToUnixTimeMilliseconds() / 1000m);
                write(writer);
                writer.WriteEndObject();
            });
        });
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
