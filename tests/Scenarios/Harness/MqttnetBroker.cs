using System.Net;
using System.Net.Sockets;
using MQTTnet.Server;

namespace Scenarios.Harness;

/// <summary>MQTTnet's server in this process.</summary>
internal sealed class MqttnetBroker : ITestBroker
{
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
            await _server.StopAsync();
            _server.Dispose();
            _server = null;
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
