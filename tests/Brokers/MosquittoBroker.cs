using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TestBrokers;

/// <summary>mosquitto in a process of its own, killed with SIGKILL.</summary>
public sealed class MosquittoBroker : ITestBroker
{
    private const int LinesKept = 20;
    private static readonly string[] Places = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto"];

    private readonly string _folder = Directory.CreateTempSubdirectory("mosquitto-").FullName;
    private readonly ConcurrentQueue<string> _errors = new();
    private Process? _process;

    public static string? Executable => Array.Find(Places, File.Exists);

    public int Port { get; private set; }

    public async Task StartAsync()
    {
        if (Port == 0)
        {
            Port = FreePort.Next();
        }

        string config = Path.Combine(_folder, "mosquitto.conf");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"listener {Port} 127.0.0.1\nallow_anonymous true\npersistence false\n"));
        _process = Process.Start(new ProcessStartInfo(Executable!, ["-c", config]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _errors.Clear();
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, e) => Note(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilListeningAsync();
    }

    public async Task KillAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, true);
    }

    // The first lines say why it does not start.
    private void Note(string? line)
    {
        if (line is not null && _errors.Count < LinesKept)
        {
            _errors.Enqueue(line);
        }
    }

    private async Task WaitUntilListeningAsync()
    {
        while (!_process!.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(25);
            }
        }

        throw new InvalidOperationException($"mosquitto ended with {_process.ExitCode}: {string.Join(' ', _errors)}");
    }
}
