using System.Text;
using Boards.NativeSim.View;

namespace M2m.View;

/// <summary>The live table, on the terminal's alternate screen: what was there before comes back at the end.</summary>
internal sealed class LiveView : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l\e[2J";
    private const string Exit = "\e[?7h\e[?25h\e[?1049l";
    private const int PaintMs = 200;

    private readonly Action<FrameWriter> _compose;
    private readonly Stream _terminal = Console.OpenStandardOutput();
    private int _isEntered;

    /// <summary>Creates the view; nothing is painted yet.</summary>
    /// <param name="compose">Writes a frame.</param>
    public LiveView(Action<FrameWriter> compose)
    {
        _compose = compose;
    }

    /// <summary>Paints until it is cancelled.</summary>
    /// <param name="cancel">Ends it.</param>
    /// <returns>A task done then.</returns>
    public async Task RunAsync(CancellationToken cancel)
    {
        Interlocked.Exchange(ref _isEntered, 1);
        Say(Enter);
        while (!cancel.IsCancellationRequested)
        {
            var writer = new FrameWriter(Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));
            _compose(writer);
            _terminal.Write(writer.ToBytes());
            _terminal.Flush();
            await Task.Delay(PaintMs, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Gives the terminal back.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _isEntered, 0) == 1)
        {
            Say(Exit);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Leave();
        }
        catch (IOException)
        {
            // The terminal is gone.
        }
    }

    private void Say(string text)
    {
        _terminal.Write(Encoding.UTF8.GetBytes(text));
        _terminal.Flush();
    }
}
