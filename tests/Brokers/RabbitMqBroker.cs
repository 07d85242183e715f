using System.Diagnostics;
using System.Globalization;

namespace TestBrokers;

/// <summary>RabbitMQ with its MQTT plugin: a node of its own, beside any other of this machine. It takes several seconds to start.</summary>
public sealed class RabbitMqBroker() : BrokerProcess("rabbitmq")
{
    private readonly int _namesPort = FreePort.Next();
    private readonly int _nodePort = FreePort.Next();
    private Process? _names;

    /// <summary>A second listener, under TLS, which wants a certificate of each client; null: none.</summary>
    public TestCertificates? Certificates { get; init; }

    /// <summary>The port of the second listener.</summary>
    public int SecurePort { get; } = FreePort.Next();

    /// <summary>Not the one in the PATH, which gives up root's rights and with them the folder.</summary>
    public static string? Executable => Find("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private static string? NamesExecutable => Find("/usr/bin/epmd", "/usr/local/bin/epmd");

    public override async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_names is not null)
        {
            _names.Kill();
            await _names.WaitForExitAsync();
            _names.Dispose();
        }

        await base.DisposeAsync();
    }

    protected override async Task<ProcessStartInfo> PrepareAsync()
    {
        // Erlang would start its name server by itself, and leave it running.
        _names ??= Process.Start(NamesExecutable!, ["-address", "127.0.0.1", "-port", _namesPort.ToString(CultureInfo.InvariantCulture)]);

        string At(string name) => Path.Combine(Folder, name);
        string tls = Certificates is null ? string.Empty : $"""
            mqtt.listeners.ssl.1 = 127.0.0.1:{SecurePort}
            ssl_options.cacertfile = {Certificates.CaFile}
            ssl_options.certfile = {Certificates.ServerFile}
            ssl_options.keyfile = {Certificates.ServerFile}
            ssl_options.verify = verify_peer
            ssl_options.fail_if_no_peer_cert = true
            """;
        await File.WriteAllTextAsync(At("rabbitmq.conf"), $"""
            listeners.tcp = none
            mqtt.listeners.tcp.1 = 127.0.0.1:{Port}
            mqtt.allow_anonymous = true
            vm_memory_high_watermark.absolute = 256MB
            disk_free_limit.absolute = 1MB
            log.file = false
            log.console = true
            log.console.level = warning
            {tls}

            """);
        await File.WriteAllTextAsync(At("enabled_plugins"), "[rabbitmq_mqtt].");
        var start = new ProcessStartInfo(Executable!) { WorkingDirectory = Folder };
        foreach ((string name, string value) in new[]
        {
            ("HOME", Folder),
            ("RABBITMQ_BASE", Folder),
            ("RABBITMQ_CONF_ENV_FILE", At("no-such-file")),
            ("RABBITMQ_CONFIG_FILE", At("rabbitmq")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", At("enabled_plugins")),
            ("RABBITMQ_MNESIA_BASE", At("data")),
            ("RABBITMQ_LOG_BASE", At("log")),
            ("RABBITMQ_PID_FILE", At("pid")),
            ("RABBITMQ_NODENAME", string.Create(CultureInfo.InvariantCulture, $"test{_nodePort}@localhost")),
            ("RABBITMQ_DIST_PORT", _nodePort.ToString(CultureInfo.InvariantCulture)),
            ("ERL_EPMD_PORT", _namesPort.ToString(CultureInfo.InvariantCulture)),
            ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}"),

            // The script then becomes the broker, instead of waiting for it: to kill one is to kill the other.
            ("RUNNING_UNDER_SYSTEMD", "true"),
        })
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
