using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace TestBrokers;

/// <summary>A broker in a process of its own, with a folder of its own, killed with SIGKILL.</summary>
public abstract class BrokerProcess : ITestBroker
{
    private const int LinesKept = 40;
    private const int PollMs = 25;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    // CONNECT of MQTT 3.1.1: a clean session, 60 s, no client id.
    private static readonly byte[] Connect = [0x10, 0x0C, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 60, 0, 0];

    private readonly ConcurrentQueue<string> _lines = new();
    private Process? _process;

    protected BrokerProcess(string name)
    {
        Name = name;
        Folder = Directory.CreateTempSubdirectory(name + "-").FullName;
    }

    public int Port { get; private set; }

    protected string Name { get; }

    /// <summary>Where it keeps everything.</summary>
    protected string Folder { get; }

    public async Task StartAsync()
    {
        if (Port == 0)
        {
            Port = FreePort.Next();
        }

        _lines.Clear();
        ProcessStartInfo start = await PrepareAsync();
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Note(e.Data);
        _process.ErrorDataReceived += (_, e) => Note(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync();
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

    public virtual async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(Folder, true);
        GC.SuppressFinalize(this);
    }

    protected static string? Find(params string[] places) => Array.Find(places, File.Exists);

    /// <summary>Writes its configuration, and says how to start it.</summary>
    protected abstract Task<ProcessStartInfo> PrepareAsync();

    /// <summary>What a client of <see cref="Port"/> speaks MQTT over.</summary>
    protected virtual Task<Stream> OpenAsync(NetworkStream connection) => Task.FromResult<Stream>(connection);

    // The first lines say why it does not start.
    private void Note(string? line)
    {
        if (line is not null && _lines.Count < LinesKept)
        {
            _lines.Enqueue(line);
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        long begin = Stopwatch.GetTimestamp();
        while (!_process!.HasExited && Stopwatch.GetElapsedTime(begin) < StartTimeout)
        {
            if (await IsReadyAsync())
            {
                return;
            }

            await Task.Delay(PollMs);
        }

        string state = _process.HasExited ? $"ended with {_process.ExitCode}" : "does not accept a client";
        throw new InvalidOperationException($"{Name} {state}: {string.Join(' ', _lines)}");
    }

    // A broker may listen before it serves.
    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await using Stream stream = await OpenAsync(client.GetStream());
            await stream.WriteAsync(Connect);
            byte[] connack = new byte[4];
            using var limit = new CancellationTokenSource(StartTimeout);
            await stream.ReadExactlyAsync(connack, limit.Token);
            return connack[^1] == 0;
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            return false;
        }
    }
}
