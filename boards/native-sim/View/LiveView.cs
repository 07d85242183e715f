using System.Globalization;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;
using M2m.Client.View;
using Spectre.Console;

namespace Boards.NativeSim.View;

/// <summary>The shared live view, with the run and lines to paste above it. A task of its own paints it: a slow terminal delays no event.</summary>
internal sealed class LiveView : IView
{
    private const string BackingOff = "backing off";
    private const string Off = "off";
    private const int PasteShare = 4;
    private const int MaxPages = 3;
    private static readonly TimeSpan PaintPatience = TimeSpan.FromSeconds(1);

    private readonly LiveModel _model = new();
    private readonly SortedDictionary<string, string> _pages = new(StringComparer.Ordinal); // by device, where its set-up is open
    private readonly LiveScreen _screen;
    private readonly CancellationTokenSource _over = new();
    private Task _painting = Task.CompletedTask;
    private RunInfo? _info;
    private Summary? _summary;
    private long _dropped;
    private volatile bool _isDisconnecting;

    public LiveView()
    {
        _screen = new LiveScreen(Compose);
    }

    public void Begin(RunInfo info)
    {
        _info = info;
        lock (_model.Gate)
        {
            foreach (string device in info.DeviceIds)
            {
                _model.Row(device)!.LinkState = Off;
            }
        }

        // These lines can still be read when the view has ended.
        _screen.Write($"native-sim: broker {info.Broker}\n{(info.OtherPort is null ? string.Empty : $"native-sim: {info.OtherPort}\n")}{string.Concat(info.PasteLines.Select(paste => paste.Line + "\n"))}");
        _painting = Task.Run(() => _screen.RunAsync(_over.Token));
    }

    public void Show(SimulationEvent happened)
    {
        _isDisconnecting |= happened.Type == RunInfo.Disconnecting;
        lock (_model.Gate)
        {
            if (happened.Type == "state")
            {
                ShowState(happened);
            }
            else if (happened.Type is RunInfo.Observer or SetupNetworks.EventType or "fault" or "world")
            {
                _model.Add(new LiveEvent(happened.Time, happened.Device, $"{happened.Type} {MessageText.Describe(happened)}"));
                if (happened.Type == SetupNetworks.EventType)
                {
                    _pages[happened.Device] = MessageText.Describe(happened);
                }
            }
            else if (MessageText.Read(happened) is { Presence: null } message)
            {
                _model.Apply(message);
            }
        }
    }

    public void ShowDropped(long count) => Interlocked.Add(ref _dropped, count);

    public void ShowSummary(Summary summary) => _summary = summary;

    public void End() => Dispose();

    public void Abort()
    {
        _over.Cancel();
        _screen.Leave();
    }

    public void Dispose()
    {
        if (_over.IsCancellationRequested)
        {
            return;
        }

        _over.Cancel();
        Task.WaitAny([_painting], PaintPatience);
        _screen.Dispose();
        if (_info is not null)
        {
            _screen.Write($"native-sim: {_summary?.Text ?? "ended"}\n");
        }
    }

    private void ShowState(SimulationEvent happened)
    {
        if (happened.Text == Off)
        {
            // Closing the set-up restarts the device.
            _pages.Remove(happened.Device);
        }

        if (_model.Row(happened.Device) is not { } row)
        {
            return;
        }

        // Sleep is no failure.
        bool isSleeping = happened.Reason == StateText.Sleeping;
        row.LinkState = isSleeping ? StateText.Sleeping : happened.Text;
        row.LinkFailure = isSleeping ? null : happened.Reason;
        if (happened.Text == BackingOff)
        {
            _model.Add(new LiveEvent(happened.Time, happened.Device, MessageText.Describe(happened)));
        }
    }

    private void Compose(FrameWriter writer)
    {
        var layout = new LiveLayout
        {
            Head = Head,
            LastColumn = ("Sent", 5, device => device.Messages.ToString(CultureInfo.InvariantCulture)),
            NoDevice = "no device",
            NoRequest = HasRoom(writer) ? "no request yet: paste the mosquitto_pub line into another terminal"
                : _info!.PasteLines.Count > 0 ? "no request yet: a larger terminal shows a line for it" : "no request yet",
        };
        lock (_model.Gate)
        {
            new LiveFrame(_model, layout, _info!.Now(), writer).Compose();
        }
    }

    private void Head(FrameWriter writer)
    {
        RunInfo info = _info!;
        TimeSpan up = info.Now() - info.StartedAt;
        long dropped = Interlocked.Read(ref _dropped);
        string missed = dropped == 0 ? string.Empty : $" · {dropped} events missed";
        string embedded = info.IsEmbedded ? " (embedded)" : string.Empty;
        string ending = _isDisconnecting ? "disconnecting; Ctrl+C ends at once" : "Ctrl+C ends";
        writer.Text($"native-sim · {info.Broker}{embedded} · up {(int)up.TotalHours:00}:{up.Minutes:00}:{up.Seconds:00} · {ending}{missed}", new Style(decoration: Decoration.Bold));
        if (info.OtherPort is { } otherPort)
        {
            writer.Text(otherPort, new Style(Color.Yellow, decoration: Decoration.Bold));
        }

        // As an event alone it would be cut to one row, and soon gone.
        foreach ((string device, string page) in _pages.Take(MaxPages))
        {
            writer.Raw($"{device} setup {page}");
        }

        if (HasRoom(writer))
        {
            foreach ((_, string line) in info.PasteLines)
            {
                writer.Raw(line);
            }

            writer.Blank();
        }
    }

    private bool HasRoom(FrameWriter writer) =>
        _info!.PasteLines is { Count: > 0 } lines && lines.Sum(paste => writer.RowsOf(paste.Line)) * PasteShare <= writer.Height;
}
