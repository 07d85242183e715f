extern alias host;

using System.Buffers;
using System.Net;
using Boards.NativeSim.Emulation.Sockets;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using nanoFramework.M2Mqtt;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>
/// Carries the packets of an emulated client: what it sends passes its channel, what comes in is awaited on the host's
/// socket, so that no thread waits for it.
/// </summary>
internal sealed class ChannelTransport(IMqttNetworkChannel channel, HostSocket socket) : IMqttChannel, IMqttClientAdapterFactory
{
    public host::System.Security.Cryptography.X509Certificates.X509Certificate2? ClientCertificate => null;

    public EndPoint? RemoteEndPoint => null;

    public EndPoint? LocalEndPoint => null;

    public bool IsSecureConnection => false;

    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger) =>
        new MqttChannelAdapter(this, new MqttPacketFormatterAdapter(options.ProtocolVersion, new MqttBufferWriter(4096, 65535)), logger)
        {
            AllowPacketFragmentation = false,
            PacketInspector = packetInspector,
        };

    // It is connected already.
    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        socket.Dispose();
        return Task.CompletedTask;
    }

    // A broker sends a packet as one record, and its head was read before.
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        int read = await socket.Stream.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);
        return read < socket.LargestRecord ? read : throw new IOException("A record is too large.");
    }

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        channel.Send(buffer.ToArray());
        return Task.CompletedTask;
    }

    public void Dispose() => socket.Dispose();
}
