using System.Text;
using Spectre.Console;

namespace M2m.Client.View;

/// <summary>Paints frames on the terminal's alternate screen; at the end the terminal shows again what it showed before.</summary>
public sealed class LiveScreen : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l\e[2J";
    private const string Exit = "\e[?7h\e[?25h\e[?1049l";
    private const int PaintMs = 200;

    private readonly Action<FrameWriter> _compose;
    private readonly Stream _terminal = Console.OpenStandardOutput();
    private int _isEntered;

    public LiveScreen(Action<FrameWriter> compose)
    {
        _compose = compose;
    }

    public static bool IsPossible => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <param name="cancel">The end.</param>
    /// <param name="press">Called for each key, on a thread of its own; null: keys are left to the terminal.</param>
    public async Task RunAsync(CancellationToken cancel, Action<ConsoleKeyInfo>? press = null)
    {
        Interlocked.Exchange(ref _isEntered, 1);
        Write(Enter);
        if (press is not null && !Console.IsInputRedirected)
        {
            // It ends with the process: nothing ends a read of the terminal.
            new Thread(() => ReadKeys(press)) { IsBackground = true }.Start();
        }

        while (!cancel.IsCancellationRequested)
        {
            var writer = new FrameWriter(Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));
            _compose(writer);
            _terminal.Write(writer.ToBytes());
            _terminal.Flush();
            await Task.Delay(PaintMs, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Leaves the alternate screen. May be called on any thread, and again.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _isEntered, 0) == 1)
        {
            Write(Exit);
        }
    }

    public void Write(string text)
    {
        _terminal.Write(Encoding.UTF8.GetBytes(text));
        _terminal.Flush();
    }

    private static void ReadKeys(Action<ConsoleKeyInfo> press)
    {
        try
        {
            while (true)
            {
                press(Console.ReadKey(intercept: true));
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            // The terminal is gone.
        }
    }

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
}
