extern alias host;

using host::System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Server;

namespace Boards.NativeSim;

/// <summary>
/// Accepts clients with an empty client id, as mosquitto_pub sends it: MQTT 3.1.1 section 3.1.3.1 allows it, but
/// MQTTnet.Server 5.2 refuses them (dotnet/MQTTnet issue 2181).
/// </summary>
internal sealed class NamelessClients : IMqttServerAdapter
{
    private readonly IMqttServerAdapter _inner;

    private NamelessClients(IMqttServerAdapter inner)
    {
        _inner = inner;
    }

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public static MqttServer CreateServer(MqttServerOptions options)
    {
        var factory = new MqttServerFactory();
        MqttServer server = factory.CreateMqttServer(
            options, factory.DefaultServerAdapters.Select(create => new NamelessClients(create(factory))).ToList());
        server.ValidatingConnectionAsync += connection =>
        {
            if (string.IsNullOrEmpty(connection.ClientId) && connection.ProtocolVersion == MqttProtocolVersion.V500)
            {
                connection.AssignedClientIdentifier = NewName();
            }

            return Task.CompletedTask;
        };
        return server;
    }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _inner.ClientHandler = channel => ClientHandler?.Invoke(new Channel(channel)) ?? Task.CompletedTask;
        return _inner.StartAsync(options, logger);
    }

    public Task StopAsync() => _inner.StopAsync();

    public void Dispose() => _inner.Dispose();

    private static string NewName() => "auto-" + Guid.NewGuid().ToString("N");

    private sealed class Channel(IMqttChannelAdapter inner) : IMqttChannelAdapter
    {
        public long BytesReceived => inner.BytesReceived;

        public long BytesSent => inner.BytesSent;

        public X509Certificate2? ClientCertificate => inner.ClientCertificate;

        public System.Net.EndPoint? RemoteEndPoint => inner.RemoteEndPoint;

        public System.Net.EndPoint? LocalEndPoint => inner.LocalEndPoint;

        public bool IsSecureConnection => inner.IsSecureConnection;

        public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

        public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

        public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

        public void ResetStatistics() => inner.ResetStatistics();

        public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken) => inner.SendPacketAsync(packet, cancellationToken);

        public void Dispose() => inner.Dispose();

        public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
        {
            MqttPacket packet = await inner.ReceivePacketAsync(cancellationToken).ConfigureAwait(false);

            // Without a client id there is no session to resume: a client that wants one is refused.
            if (packet is MqttConnectPacket { CleanSession: true } connect
                && string.IsNullOrEmpty(connect.ClientId)
                && PacketFormatterAdapter.ProtocolVersion != MqttProtocolVersion.V500)
            {
                connect.ClientId = NewName();
            }

            return packet;
        }
    }
}
