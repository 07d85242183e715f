using System.Net;
using System.Net.Sockets;
using MQTTnet.Server;

namespace Scenarios.Harness;

/// <summary>MQTTnet's server in this process.</summary>
internal sealed class MqttnetBroker : ITestBroker
{
    private const int LowestPort = 12_000;
    private const int HighestPort = 32_000;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private MqttServer? _server;

    public int Port { get; private set; }

    public async Task StartAsync()
    {
        if (Port == 0)
        {
            Port = FreePort();
        }

        var factory = new MqttServerFactory();
        MqttServerOptions options = factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(Port)
            .WithDefaultEndpointReuseAddress()
            .WithPersistentSessions()
            .Build();
        _server = factory.CreateMqttServer(options);
        await _server.StartAsync();
    }

    public async Task KillAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync().WaitAsync(StopPatience);
            _server.Dispose();
            _server = null;
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    /// <summary>
    /// A port that is free, and below those that the system gives to outgoing connections: one of them could take it
    /// while a broker that was killed does not listen.
    /// </summary>
    internal static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(LowestPort, HighestPort);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
