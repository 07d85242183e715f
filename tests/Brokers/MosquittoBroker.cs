using System.Diagnostics;
using System.Globalization;

namespace TestBrokers;

/// <summary>mosquitto without persistence.</summary>
public sealed class MosquittoBroker() : BrokerProcess("mosquitto")
{
    public static string? Executable => Find("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto");

    /// <summary>Further lines of its configuration.</summary>
    public string More { get; init; } = string.Empty;

    /// <summary>A second listener, under TLS; null: none. The first stays, for those who watch.</summary>
    public MosquittoTls? Tls { get; init; }

    /// <summary>The port of the second listener.</summary>
    public int SecurePort { get; private set; }

    public string SecureUrl => string.Create(CultureInfo.InvariantCulture, $"mqtts://127.0.0.1:{SecurePort}");

    protected override async Task<ProcessStartInfo> PrepareAsync()
    {
        if (Tls is not null && SecurePort == 0)
        {
            SecurePort = FreePort.Next();
        }

        string config = Path.Combine(Folder, "mosquitto.conf");
        string secure = Tls is null ? string.Empty : Tls.Configuration(SecurePort);
        string first = Tls is null ? string.Empty : "user root\nper_listener_settings true\n";
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"{first}persistence false\nlistener {Port} 127.0.0.1\nallow_anonymous true\n{More}\n{secure}"));
        var start = new ProcessStartInfo(Executable!, ["-c", config]);
        if (Tls?.Version is { } version)
        {
            string openssl = Path.Combine(Folder, "openssl.cnf");
            await File.WriteAllTextAsync(openssl, $"openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = tls\n[tls]\nMinProtocol = {version}\nMaxProtocol = {version}\n");
            start.Environment["OPENSSL_CONF"] = openssl;
        }

        return start;
    }
}
