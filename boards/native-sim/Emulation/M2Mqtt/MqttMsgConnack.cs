using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace nanoFramework.M2Mqtt.Messages;

public class MqttMsgConnack : MqttMsgBase
{
    public MqttMsgConnack() => Type = MqttMessageType.ConnectAck;

    public bool SessionPresent { get; set; }

    public MqttReasonCode ReturnCode { get; set; }

    public uint SessionExpiryInterval { get; set; }

    public ushort ReceiveMaximum { get; set; }

    public bool MaximumQoS { get; set; }

    public bool RetainAvailable { get; set; }

    public string? AssignedClientIdentifier { get; set; }

    public ushort TopicAliasMaximum { get; set; }

    public string? Reason { get; set; }

    public bool WildcardSubscriptionAvailable { get; set; }

    public bool SubscriptionIdentifiersAvailable { get; set; }

    public bool SharedSubscriptionAvailable { get; set; }

    public ushort ServerKeepAlive { get; set; }

    public string? ResponseInformation { get; set; }

    public string? ServerReference { get; set; }

    internal static MqttMsgConnack From(MqttConnAckPacket packet, bool v5) => new()
    {
        SessionPresent = packet.IsSessionPresent,
        ReturnCode = v5 ? (MqttReasonCode)(int)packet.ReasonCode : (MqttReasonCode)(int)packet.ReturnCode,
        SessionExpiryInterval = packet.SessionExpiryInterval,
        ReceiveMaximum = packet.ReceiveMaximum,
        MaximumQoS = packet.MaximumQoS != MqttQualityOfServiceLevel.AtMostOnce,
        MaximumPacketSize = packet.MaximumPacketSize,
        RetainAvailable = packet.RetainAvailable,
        AssignedClientIdentifier = packet.AssignedClientIdentifier,
        TopicAliasMaximum = packet.TopicAliasMaximum,
        Reason = packet.ReasonString,
        WildcardSubscriptionAvailable = packet.WildcardSubscriptionAvailable,
        SubscriptionIdentifiersAvailable = packet.SubscriptionIdentifiersAvailable,
        SharedSubscriptionAvailable = packet.SharedSubscriptionAvailable,
        ServerKeepAlive = packet.ServerKeepAlive,
        ResponseInformation = packet.ResponseInformation,
        ServerReference = packet.ServerReference,
    };
}
