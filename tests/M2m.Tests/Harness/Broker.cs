using System.Net;
using System.Net.Sockets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace M2m.Tests.Harness;

/// <summary>MQTTnet's server in this process.</summary>
internal sealed class Broker : ITestBroker
{
    private MqttServer? _server;

    public int Port { get; } = FreePort();

    public string Url => $"mqtt://127.0.0.1:{Port}";

    public static async Task<Broker> StartAsync(string? password = null)
    {
        var broker = new Broker();
        await broker.ListenAsync(password);
        return broker;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task ListenAsync(string? password = null)
    {
        var factory = new MqttServerFactory();
        _server = factory.CreateMqttServer(factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(Port)
            .WithDefaultEndpointReuseAddress()
            .WithPersistentSessions()
            .Build());
        _server.ValidatingConnectionAsync += connection =>
        {
            if (password is not null && connection.Password != password)
            {
                connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            }

            return Task.CompletedTask;
        };
        await _server.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync();
            _server.Dispose();
            _server = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
