using System.Buffers;
using System.Net;
using System.Net.Sockets;
using M2m.Client.Mqtt;
using MQTTnet.Server;

namespace Boards.NativeSim;

/// <summary>
/// An MQTT broker in this process, for this machine only: MQTT 3.1.1 and 5, retained messages, persistent sessions, all
/// of it in memory.
/// </summary>
internal sealed class EmbeddedBroker : IDisposable
{
    private const int AnyFreePort = 0;
    private const int WaitingMessagesPerClient = 10_000;
    private const int Backlog = 1024;
    private const int PollMs = 10;

    private MqttServer? _server;

    private EmbeddedBroker(int port)
    {
        Address = new BrokerAddress(IPAddress.Loopback.ToString(), port, null, null);
    }

    public BrokerAddress Address { get; private set; }

    /// <summary>Called, on any thread, for each message before it is acknowledged.</summary>
    public Action<string, ReadOnlySequence<byte>>? Arrived { get; set; }

    public static async Task<EmbeddedBroker> StartAsync()
    {
        try
        {
            return await StartAsync(BrokerAddress.DefaultPort).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return await StartAsync(AnyFreePort).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the given clients have disconnected, then stops.</summary>
    public async Task StopAsync(IReadOnlySet<string> clientIds, TimeSpan patience)
    {
        if (_server is null)
        {
            return;
        }

        long end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (Environment.TickCount64 < end && await AnyConnectedAsync(clientIds).ConfigureAwait(false))
        {
            await Task.Delay(PollMs).ConfigureAwait(false);
        }

        await KillAsync().ConfigureAwait(false);
    }

    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.StopAsync(new MqttServerStopOptionsBuilder().Build()).ConfigureAwait(false);
            server.Dispose();
        }
    }

    public async Task RestartAsync() => await ListenAsync(Address.Port).ConfigureAwait(false);

    public void Dispose() => _server?.Dispose();

    private static async Task<EmbeddedBroker> StartAsync(int port)
    {
        var broker = new EmbeddedBroker(port);
        broker.Address = new BrokerAddress(IPAddress.Loopback.ToString(), await broker.ListenAsync(port).ConfigureAwait(false), null, null);
        return broker;
    }

    private async Task<int> ListenAsync(int port)
    {
        MqttServerOptions options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port)
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(WaitingMessagesPerClient)
            .Build();
        options.DefaultEndpointOptions.ConnectionBacklog = Backlog;

        // Two brokers that share a port would each get some of the clients.
        options.DefaultEndpointOptions.ReuseAddress = false;
        MqttServer server = NamelessClients.CreateServer(options);
        server.InterceptingPublishAsync += message =>
        {
            Arrived?.Invoke(message.ApplicationMessage.Topic, message.ApplicationMessage.Payload);
            return Task.CompletedTask;
        };
        try
        {
            await server.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        // The listener writes back the port that the system chose.
        _server = server;
        return options.DefaultEndpointOptions.Port;
    }

    private async Task<bool> AnyConnectedAsync(IReadOnlySet<string> clientIds)
    {
        IList<MqttClientStatus> clients = await _server!.GetClientsAsync().ConfigureAwait(false);
        return clients.Any(client => clientIds.Contains(client.Id));
    }
}
