using MQTTnet.Packets;

namespace nanoFramework.M2Mqtt.Messages;

public class MqttMsgDisconnect : MqttMsgBase
{
    public MqttMsgDisconnect() => Type = MqttMessageType.Disconnect;

    public uint SessionExpiryInterval { get; set; }

    public string? Reason { get; set; }

    public string? ServerReference { get; set; }

    public MqttReasonCode ResonCode { get; set; }

    internal static MqttMsgDisconnect From(MqttDisconnectPacket packet) => new()
    {
        SessionExpiryInterval = packet.SessionExpiryInterval,
        Reason = packet.ReasonString,
        ServerReference = packet.ServerReference,
        ResonCode = (MqttReasonCode)(int)packet.ReasonCode,
    };
}
