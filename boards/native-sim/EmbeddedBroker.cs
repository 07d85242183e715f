using System.Net;
using System.Net.Sockets;
using Firmware.Platform;
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

    private readonly MqttServer _server;

    private EmbeddedBroker(MqttServer server, int port)
    {
        _server = server;
        Address = new BrokerAddress(IPAddress.Loopback.ToString(), port, null!, null!);
    }

    /// <summary>Where it listens.</summary>
    public BrokerAddress Address { get; }

    /// <summary>Starts a broker on the standard port, or on a free one when that is taken.</summary>
    /// <returns>The broker, listening.</returns>
    public static async Task<EmbeddedBroker> StartAsync()
    {
        try
        {
            return await ListenAsync(BrokerUri.StandardPort).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return await ListenAsync(AnyFreePort).ConfigureAwait(false);
        }
    }

    /// <summary>Stops, but lets the given clients say goodbye first.</summary>
    /// <param name="clientIds">The clients.</param>
    /// <param name="patience">How long it waits for them.</param>
    /// <returns>A task done when it has stopped.</returns>
    public async Task StopAsync(IReadOnlySet<string> clientIds, TimeSpan patience)
    {
        long end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (Environment.TickCount64 < end && await AnyConnectedAsync(clientIds).ConfigureAwait(false))
        {
            await Task.Delay(PollMs).ConfigureAwait(false);
        }

        await _server.StopAsync(new MqttServerStopOptionsBuilder().Build()).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();

    private static async Task<EmbeddedBroker> ListenAsync(int port)
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
        return new EmbeddedBroker(server, options.DefaultEndpointOptions.Port);
    }

    private async Task<bool> AnyConnectedAsync(IReadOnlySet<string> clientIds)
    {
        IList<MqttClientStatus> clients = await _server.GetClientsAsync().ConfigureAwait(false);
        return clients.Any(client => clientIds.Contains(client.Id));
    }
}
