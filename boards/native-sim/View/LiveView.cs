using System.Text;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;
using Spectre.Console;

namespace Boards.NativeSim.View;

/// <summary>
/// A picture of the run on the terminal's alternate screen, painted by a thread of its own: however slow the terminal
/// is, events are taken up. What was on the screen before comes back at the end.
/// </summary>
internal sealed class LiveView : IView
{
    private const string Enter = "\e[?1049h\e[?25l\e[2J";
    private const string Leave = "\e[?7h\e[?25h\e[?1049l";
    private const int LongestPauseMs = 500;
    private const int ShortestPauseMs = 100;
    private static readonly TimeSpan PaintPatience = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Stream _terminal = Console.OpenStandardOutput();
    private readonly AutoResetEvent _changed = new(false);
    private readonly Thread _painter;
    private LiveModel? _model;
    private Summary? _summary;
    private volatile bool _isOver;
    private int _isEntered;

    /// <summary>Creates the view; nothing is painted yet.</summary>
    public LiveView()
    {
        _painter = new Thread(Paint) { IsBackground = true, Name = "live view" };
    }

    /// <summary>Whether standard output is a terminal that can be painted on.</summary>
    public static bool IsPossible => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <inheritdoc/>
    public void Begin(RunInfo info)
    {
        _model = new LiveModel(info);

        // These stay to be read when the picture is gone.
        Say($"native-sim: broker {info.BrokerAddress}\n{PasteLines.Subscribe(info)}\n{PasteLines.Request(info)}\n");
        Interlocked.Exchange(ref _isEntered, 1);
        Say(Enter);
        _painter.Start();
    }

    /// <inheritdoc/>
    public void Show(SimulationEvent happened)
    {
        lock (_gate)
        {
            _model!.Apply(happened);
        }

        _changed.Set();
    }

    /// <inheritdoc/>
    public void ShowDropped(long count)
    {
        lock (_gate)
        {
            _model!.Dropped += count;
        }
    }

    /// <inheritdoc/>
    public void ShowSummary(Summary summary) => _summary = summary;

    /// <inheritdoc/>
    public void End() => Dispose();

    /// <inheritdoc/>
    public void Abort()
    {
        _isOver = true;
        if (Interlocked.Exchange(ref _isEntered, 0) == 1)
        {
            Say(Leave);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _changed.Set();
        if (_isEntered == 1)
        {
            _painter.Join(PaintPatience);
        }

        Abort();
        if (_model is not null)
        {
            Say(_summary is null ? $"native-sim: left; {_model.Sent} telemetry packs sent.\n" : $"native-sim: left; {_summary.Text}.\n");
        }
    }

    private void Paint()
    {
        try
        {
            while (!_isOver)
            {
                byte[] frame = Compose();
                _terminal.Write(frame);
                _terminal.Flush();
                _changed.WaitOne(LongestPauseMs);
                Thread.Sleep(ShortestPauseMs);
            }
        }
        catch (IOException)
        {
            // The terminal is gone; the signal that says so ends the run.
        }
    }

    private byte[] Compose()
    {
        var writer = new FrameWriter(Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));
        lock (_gate)
        {
            new LiveFrame(_model!, _model!.Info.Now(), writer).Compose();
        }

        return writer.ToBytes();
    }

    private void Say(string text)
    {
        _terminal.Write(Encoding.UTF8.GetBytes(text));
        _terminal.Flush();
    }
}
