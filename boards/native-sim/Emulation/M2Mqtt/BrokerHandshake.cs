using System.Net.Sockets;
using System.Text;
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
    private const int UnreachableMs = 500;
    private const int TcpTimeoutMs = 20_000;

    private static readonly MqttClientFactory s_factory = new();

    public static ILowLevelMqttClient Open(SimulatedChip chip, BrokerEndpoint endpoint, MqttProtocolVersion version, bool validate, out ReceivedBytes? bytes)
    {
        if (!chip.Radio.IsJoined || !chip.Radio.BrokerReachable)
        {
            chip.Sleep(UnreachableMs);
            throw Refused(new SocketException((int)SocketError.HostUnreachable));
        }

        chip.Sleep(chip.Radio.LatencyMs);
        MqttClientOptions options = endpoint
            .Options(new MqttClientOptionsBuilder(), validate)
            .WithProtocolVersion((MQTTnet.Formatter.MqttProtocolVersion)(int)version)
            .WithTimeout(TimeSpan.FromMilliseconds(TcpTimeoutMs))
            .Build();
        ILowLevelMqttClient wire = s_factory.CreateLowLevelMqttClient();
        bytes = version == MqttProtocolVersion.Version_5 ? new ReceivedBytes(wire) : null;
        try
        {
            return chip.Time.Await("connection to the broker", chip.Number, HoldKind.Transport, TcpTimeoutMs, async limit =>
            {
                await wire.ConnectAsync(options, limit).ConfigureAwait(false);
                return wire;
            });
        }
        catch (Exception e)
        {
            (wire as IDisposable)?.Dispose();
            throw Refused(e);
        }
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

    private static MqttConnectionException Refused(Exception e)
    {
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
            {
                return new MqttConnectionException($"Socket exception connecting to the broker: {socket.ErrorCode}", socket);
            }
        }

        return new MqttConnectionException("Exception connecting to the broker", e);
    }
}
