using System.Globalization;

namespace TestBrokers;

/// <summary>A real MQTT broker on loopback. After a kill it starts again on the same port: with empty memory, or with what it keeps in files.</summary>
public interface ITestBroker : IAsyncDisposable
{
    int Port { get; }

    string Url => string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{Port}");

    Task StartAsync();

    /// <summary>Breaks the connections without a DISCONNECT.</summary>
    Task KillAsync();
}
