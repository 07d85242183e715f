using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace M2m.Tests.Harness;

internal sealed record Ran(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public IReadOnlyList<JsonElement> JsonLines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}

/// <summary>The program in a process of its own, piped.</summary>
internal sealed class Tool : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private Tool(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Append(_out, e.Data);
        process.ErrorDataReceived += (_, e) => Append(_error, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static string Dll => Path.Combine(AppContext.BaseDirectory, "m2m.dll");

    public string Out
    {
        get
        {
            lock (_out)
            {
                return _out.ToString();
            }
        }
    }

    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    public static Tool Start(ITestBroker? broker, params string[] args) => Start(broker, null, args);

    public static async Task<Ran> RunAsync(ITestBroker? broker, params string[] args) => await RunAsync(broker, input: null, args);

    public static async Task<Ran> RunAsync(ITestBroker? broker, string? input, string[] args)
    {
        await using Tool tool = Start(broker, input, args);
        return await tool.EndAsync();
    }

    public static async Task<Ran> RunAsync(ITestBroker? broker, IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        await using Tool tool = Start(broker, null, args, variables);
        return await tool.EndAsync();
    }

    public Task WaitForAsync(string text) => Wait.ForAsync(() => Out.Contains(text, StringComparison.Ordinal), () => $"no '{text}' in: {Out}\n{_error}");

    public async Task<Ran> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        lock (_error)
        {
            return new Ran(_process.ExitCode, Out, _error.ToString());
        }
    }

    public async Task InterruptAsync()
    {
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
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

    private static Tool Start(ITestBroker? broker, string? input, string[] args, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["M2M_BROKER"] = broker?.Url ?? string.Empty;
        start.Environment["M2M_PREFIX"] = string.Empty;
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var tool = new Tool(Process.Start(start)!);
        tool._process.StandardInput.Write(input);
        tool._process.StandardInput.Close();
        return tool;
    }

    private static void Append(StringBuilder to, string? line)
    {
        lock (to)
        {
            _ = line is null ? to : to.Append(line).Append('\n');
        }
    }
}
