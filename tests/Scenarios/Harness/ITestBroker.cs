namespace Scenarios.Harness;

/// <summary>A real MQTT broker on loopback that a test may kill and start again on the same port.</summary>
internal interface ITestBroker : IAsyncDisposable
{
    int Port { get; }

    Task StartAsync();

    /// <summary>Ends it without a word to its clients.</summary>
    Task KillAsync();
}
