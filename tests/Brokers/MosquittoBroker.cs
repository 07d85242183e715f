using System.Diagnostics;
using System.Globalization;

namespace TestBrokers;

/// <summary>mosquitto without persistence.</summary>
public sealed class MosquittoBroker() : BrokerProcess("mosquitto")
{
    public static string? Executable => Find("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto");

    /// <summary>Further lines of its configuration.</summary>
    public string More { get; init; } = string.Empty;

    protected override async Task<ProcessStartInfo> PrepareAsync()
    {
        string config = Path.Combine(Folder, "mosquitto.conf");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"listener {Port} 127.0.0.1\nallow_anonymous true\npersistence false\n{More}"));
        return new ProcessStartInfo(Executable!, ["-c", config]);
    }
}
