using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace M2m.Tests.Harness;

/// <summary>mosquitto in a process of its own: it knows shared subscriptions, MQTTnet's server does not.</summary>
internal sealed class Mosquitto : ITestBroker
{
    private static readonly string[] Places = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto"];

    private readonly string _folder = Directory.CreateTempSubdirectory("mosquitto-").FullName;
    private Process? _process;

    public int Port { get; } = Broker.FreePort();

    private static string? Executable => Array.Find(Places, File.Exists);

    public static async Task<Mosquitto> StartAsync()
    {
        if (Executable is null && Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Inconclusive("mosquitto is not installed");
        }

        Assert.IsNotNull(Executable, "mosquitto is not installed: apt-get install mosquitto");
        var broker = new Mosquitto();
        string config = Path.Combine(broker._folder, "mosquitto.conf");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"listener {broker.Port} 127.0.0.1\nallow_anonymous true\npersistence false\n"));
        broker._process = Process.Start(new ProcessStartInfo(Executable, ["-c", config]) { RedirectStandardError = true })!;
        broker._process.ErrorDataReceived += (_, _) => { };
        broker._process.BeginErrorReadLine();
        await Wait.ForAsync(broker.IsListening, () => "mosquitto does not listen");
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, true);
    }

    private bool IsListening()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
