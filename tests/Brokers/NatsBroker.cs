using System.Diagnostics;

namespace TestBrokers;

/// <summary>NATS with MQTT, which keeps sessions and retained messages in JetStream, in files.</summary>
public sealed class NatsBroker() : BrokerProcess("nats")
{
    private readonly int _clientPort = FreePort.Next();

    public static string? Executable => Find("/usr/sbin/nats-server", "/usr/bin/nats-server", "/usr/local/bin/nats-server");

    protected override async Task<ProcessStartInfo> PrepareAsync()
    {
        string config = Path.Combine(Folder, "nats.conf");
        string text = $$"""
            server_name: test
            host: 127.0.0.1
            port: {{_clientPort}}
            jetstream { store_dir: "{{Folder}}", max_mem: 64MB, max_file: 256MB }
            mqtt { host: 127.0.0.1, port: {{Port}} }
            """;
        await File.WriteAllTextAsync(config, text);
        return new ProcessStartInfo(Executable!, ["-c", config]);
    }
}
