using System.Diagnostics;
using System.Globalization;

namespace M2m.Tests.Harness;

/// <summary>The program on a pseudo-terminal that util-linux's script opens.</summary>
internal sealed class TerminalSession : IAsyncDisposable
{
    private const string Script = "/usr/bin/script";
    private const char CtrlC = '\x03';

    private readonly Process _process;
    private readonly Task _reading;

    private TerminalSession(Process process, Screen screen)
    {
        _process = process;
        Screen = screen;
        _reading = Task.Run(async () =>
        {
            char[] part = new char[4096];
            for (int count; (count = await process.StandardOutput.ReadAsync(part)) > 0;)
            {
                screen.Write(new string(part, 0, count));
            }
        });
    }

    private static bool IsPossible => File.Exists(Script) || Environment.GetEnvironmentVariable("CI") is not null;

    public Screen Screen { get; }

    public static TerminalSession Start(ITestBroker broker, string arguments, int width = 100, int height = 30, string environment = "")
    {
        return StartCommand(broker, $"{environment} dotnet '{Tool.Dll}' {arguments}", width, height);
    }

    public static TerminalSession StartCommand(ITestBroker broker, string command, int width = 100, int height = 30)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"stty cols {width} rows {height}");
        var start = new ProcessStartInfo(Script, ["-qefc", $"trap : INT; {size}; {command}; echo exit=$?", "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // script runs the user's shell; another one may end with Ctrl+C itself, before it prints the exit code.
        start.Environment["SHELL"] = "/bin/sh";
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["M2M_BROKER"] = broker.Url;
        start.Environment.Remove("NO_COLOR");
        return new TerminalSession(Process.Start(start)!, new Screen(width, height));
    }

    public Task WaitForAsync(string text) => Wait.ForAsync(() => Screen.Text.Contains(text, StringComparison.Ordinal), () => $"no '{text}' on the screen:\n{Screen.Text}");

    public static void Require()
    {
        if (!IsPossible)
        {
            Assert.Inconclusive("util-linux's script is not installed");
        }
    }

    public Task PressCtrlCAsync() => TypeAsync(CtrlC.ToString());

    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    public async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(Tool.Patience);
        await _process.WaitForExitAsync(limit.Token);
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
