extern alias host;

using System.Buffers;
using System.Net;
using System.Net.Sockets;
using host::System.Security.Cryptography.X509Certificates;
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

    private readonly RunAuthority? _authority;
    private MqttServer? _server;

    private EmbeddedBroker(int port, RunAuthority? authority)
    {
        _authority = authority;
        Address = AddressOf(port);
    }

    public BrokerAddress Address { get; private set; }

    /// <summary>Called, on any thread, for each message before it is acknowledged.</summary>
    public Action<string, ReadOnlySequence<byte>>? Arrived { get; set; }

    /// <param name="authority">With TLS: issued the certificates of the broker and of all that may connect; null: without TLS.</param>
    public static async Task<EmbeddedBroker> StartAsync(RunAuthority? authority)
    {
        try
        {
            return await StartAsync(authority is null ? BrokerAddress.DefaultPort : BrokerAddress.DefaultSecurePort, authority).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return await StartAsync(AnyFreePort, authority).ConfigureAwait(false);
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

    private static async Task<EmbeddedBroker> StartAsync(int port, RunAuthority? authority)
    {
        var broker = new EmbeddedBroker(port, authority);
        broker.Address = broker.AddressOf(await broker.ListenAsync(port).ConfigureAwait(false));
        return broker;
    }

    private BrokerAddress AddressOf(int port) => new(IPAddress.Loopback.ToString(), port, null, null) { Tls = _authority?.Credentials.Load() };

    private MqttServerTcpEndpointBaseOptions Listen(MqttServerOptions options, int port)
    {
        MqttServerTcpEndpointBaseOptions endpoint = options.DefaultEndpointOptions;
        if (_authority is not null)
        {
            endpoint = options.TlsEndpointOptions;
            options.TlsEndpointOptions.CertificateProvider = new OneCertificate(_authority.Server);
            options.TlsEndpointOptions.ClientCertificateRequired = true;
            options.TlsEndpointOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => _authority.IsKnown(shown);
            options.TlsEndpointOptions.SslProtocol = System.Security.Authentication.SslProtocols.None;
        }

        endpoint.IsEnabled = true;
        endpoint.BoundInterNetworkAddress = IPAddress.Loopback;
        endpoint.BoundInterNetworkV6Address = IPAddress.None;
        endpoint.Port = port;
        endpoint.ConnectionBacklog = Backlog;
        return endpoint;
    }

    private async Task<int> ListenAsync(int port)
    {
        MqttServerOptions options = new MqttServerOptionsBuilder()
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(WaitingMessagesPerClient)
            .Build();
        MqttServerTcpEndpointBaseOptions endpoint = Listen(options, port);

        // Two brokers that share a port would each get some of the clients.
        endpoint.ReuseAddress = false;
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
        return endpoint.Port;
    }

    private async Task<bool> AnyConnectedAsync(IReadOnlySet<string> clientIds)
    {
        IList<MqttClientStatus> clients = await _server!.GetClientsAsync().ConfigureAwait(false);
        return clients.Any(client => clientIds.Contains(client.Id));
    }

    private sealed class OneCertificate(X509Certificate2 certificate) : MQTTnet.Certificates.ICertificateProvider
    {
        public X509Certificate2 GetCertificate() => certificate;
    }
}
