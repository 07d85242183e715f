using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Browser;

/// <summary>native-sim as a person runs it for a device without settings, and what it prints.</summary>
internal sealed partial class NewDevice : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Channel<JsonElement> _lines = Channel.CreateUnbounded<JsonElement>();

    private NewDevice(Process process) => _process = process;

    /// <summary>The address of its page.</summary>
    public string Url { get; private set; } = string.Empty;

    public static async Task<NewDevice> StartAsync(ITestBroker broker)
    {
        Process process = Process.Start(new ProcessStartInfo("dotnet", [Program(), "--setup", "--broker", broker.Url, "--json"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        var device = new NewDevice(process);
        _ = device.ReadAsync();
        JsonElement opened = await device.WaitAsync(line => line.GetProperty("type").GetString() == "setup");
        device.Url = Address().Match(opened.GetProperty("text").GetString()!).Value;
        return device;
    }

    /// <summary>The next line that something holds for.</summary>
    public async Task<JsonElement> WaitAsync(Func<JsonElement, bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            JsonElement line = await _lines.Reader.ReadAsync(limit.Token);
            if (condition(line))
            {
                return line;
            }
        }
    }

    /// <summary>The presence that it publishes once it is online.</summary>
    public async Task<JsonElement> OnlineAsync() => (await WaitAsync(line =>
        line.GetProperty("type").GetString() == "status" && line.GetProperty("payload").GetProperty("state").GetString() == "online")).GetProperty("payload");

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Program()
    {
        // .../tests/Browser/bin/Debug/net10.0/
        string[] place = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        string root = string.Join(Path.DirectorySeparatorChar, place[..^5]);
        return Path.Combine([root, "boards", "native-sim", "bin", .. place[^2..], "native-sim.dll"]);
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            _lines.Writer.TryWrite(document.RootElement.Clone());
        }

        _lines.Writer.Complete();
    }

    [GeneratedRegex("http://127[^ ]*")]
    private static partial Regex Address();
}
