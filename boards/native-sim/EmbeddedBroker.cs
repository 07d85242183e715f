using System.Buffers;
using System.Net;
using System.Net.Sockets;
using M2m.Client.Mqtt;
using MQTTnet.Server;

namespace Boards.NativeSim;

/// <summary>
/// An MQTT broker in this process, for this machine only: MQTT 3.1.1 and 5, retained messages, persistent sessions,
/// all of it in memory.
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

    /// <summary>Where it listens.</summary>
    public BrokerAddress Address { get; private set; }

    /// <summary>Told, on any thread, of each message that arrives, before it is acknowledged: topic and payload.</summary>
    public Action<string, ReadOnlySequence<byte>>? Arrived { get; set; }

    /// <summary>Starts a broker on the standard port, or on a free one when that is taken.</summary>
    /// <returns>The broker, listening.</returns>
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

    /// <summary>Stops, but lets the given clients say goodbye first.</summary>
    /// <param name="clientIds">The clients.</param>
    /// <param name="patience">How long it waits for them.</param>
    /// <returns>A task done when it has stopped.</returns>
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

    /// <summary>Ends it without a word; what it kept in memory is gone.</summary>
    /// <returns>A task done when it no longer listens.</returns>
    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.StopAsync(new MqttServerStopOptionsBuilder().Build()).ConfigureAwait(false);
            server.Dispose();
        }
    }

    /// <summary>Listens again, on the same port.</summary>
    /// <returns>A task done when it listens.</returns>
    public async Task RestartAsync() => await ListenAsync(Address.Port).ConfigureAwait(false);

    /// <inheritdoc/>
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
