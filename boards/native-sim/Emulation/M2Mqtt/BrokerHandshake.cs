using System.Net.Sockets;
using System.Text;
using Boards.NativeSim.Emulation.Sockets;
using Boards.NativeSim.World;
using MQTTnet;
using MQTTnet.LowLevelClient;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>TCP, TLS, CONNECT and CONNACK, with the exceptions that the device gives for each.</summary>
internal static class BrokerHandshake
{
    private static readonly MqttClientFactory s_factory = new();

    public static ILowLevelMqttClient Open(IMqttNetworkChannel channel, MqttProtocolVersion version, out HostSocket socket, out ReceivedBytes? bytes)
    {
        socket = Connect(channel);
        ILowLevelMqttClient wire = s_factory.CreateLowLevelMqttClient(new ChannelTransport(channel, socket));
        bytes = version == MqttProtocolVersion.Version_5 ? new ReceivedBytes(wire) : null;
        MqttClientOptions options = new MqttClientOptionsBuilder()
            .WithTcpServer("broker")
            .WithProtocolVersion((MQTTnet.Formatter.MqttProtocolVersion)(int)version)
            .Build();
        wire.ConnectAsync(options, CancellationToken.None).GetAwaiter().GetResult();
        return wire;
    }

    /// <exception cref="MqttCommunicationException">No CONNACK, or none of this version.</exception>
    public static MqttMsgConnack Greet(SimulatedChip chip, ILowLevelMqttClient wire, MqttConnectPacket connect, ReceivedBytes? bytes)
    {
        try
        {
            MqttPacket? answer = chip.Time.Await("CONNACK", chip.Number, HoldKind.Answer, MqttSettings.DefaultTimeout, async limit =>
            {
                await wire.SendAsync(connect, limit).ConfigureAwait(false);
                return await wire.ReceiveAsync(limit).ConfigureAwait(false);
            });
            chip.Sleep(chip.Radio.LatencyMs);
            MqttConnAckPacket packet = answer as MqttConnAckPacket ?? throw new IOException("No CONNACK.");
            return bytes is null ? MqttMsgConnack.From(packet) : bytes.ReadConnack();
        }
        catch (Exception e) when (e is not PowerCutException)
        {
            throw new MqttCommunicationException(e);
        }
    }

    public static MqttConnectPacket ConnectPacket(
        string clientId,
        string? username,
        string? password,
        bool willRetain,
        MqttQoSLevel willQosLevel,
        bool willFlag,
        string? willTopic,
        string? willMessage,
        bool cleanSession,
        ushort keepAlivePeriod)
    {
        bool willIsWhole = !string.IsNullOrEmpty(willTopic) && !string.IsNullOrEmpty(willMessage);
        if ((willFlag ? !willIsWhole : willRetain) || willQosLevel > MqttQoSLevel.ExactlyOnce)
        {
            throw new MqttClientException(MqttClientErrorCode.WillWrong);
        }

        ArgumentNullException.ThrowIfNull(clientId);
        return new MqttConnectPacket
        {
            ClientId = clientId,
            Username = string.IsNullOrEmpty(username) ? null : username,
            Password = string.IsNullOrEmpty(password) ? null : Encoding.UTF8.GetBytes(password),
            WillFlag = willFlag,
            WillRetain = willFlag && willRetain,
            WillQoS = willFlag ? (MqttQualityOfServiceLevel)(int)willQosLevel : MqttQualityOfServiceLevel.AtMostOnce,
            WillTopic = willFlag ? willTopic : null,
            WillMessage = willFlag ? Encoding.UTF8.GetBytes(willMessage!) : null,
            CleanSession = cleanSession,
            KeepAlivePeriod = keepAlivePeriod,
        };
    }

    private static HostSocket Connect(IMqttNetworkChannel channel)
    {
        try
        {
            channel.Connect();
            return HostSocket.Take() ?? throw new InvalidOperationException("The channel has not connected a socket.");
        }
        catch (SocketException e)
        {
            throw new MqttConnectionException($"Socket exception connecting to the broker: {e.ErrorCode}", e);
        }
        catch (Exception e) when (e is not PowerCutException)
        {
            throw new MqttConnectionException("Exception connecting to the broker", e);
        }
    }
}
