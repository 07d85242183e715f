using System.Buffers.Binary;
using System.Text;
using MQTTnet.Packets;

namespace nanoFramework.M2Mqtt.Messages;

public class MqttMsgConnack : MqttMsgBase
{
    public MqttMsgConnack() => Type = MqttMessageType.ConnectAck;

    public bool SessionPresent { get; set; }

    public MqttReasonCode ReturnCode { get; set; }

    public uint SessionExpiryInterval { get; set; }

    public ushort ReceiveMaximum { get; set; } = ushort.MaxValue;

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

    internal static MqttMsgConnack From(MqttConnAckPacket packet) => new()
    {
        SessionPresent = packet.IsSessionPresent,
        ReturnCode = (MqttReasonCode)(int)packet.ReturnCode,
    };

    /// <summary>As the device's client does it: what the broker leaves out is 0 or false, whatever the default of MQTT 5 is.</summary>
    internal static MqttMsgConnack Parse(byte[] body)
    {
        int at = 2;
        var connack = new MqttMsgConnack { SessionPresent = (body[0] & 1) != 0, ReturnCode = (MqttReasonCode)body[1] };
        int length = 0;
        for (int shift = 0, digit = 128; digit >= 128; shift += 7)
        {
            digit = body[at++];
            length |= (digit & 127) << shift;
        }

        for (int end = at + length; at < end;)
        {
            at = connack.ReadProperty(body, at, end);
        }

        return connack;
    }

    private int ReadProperty(byte[] body, int at, int end)
    {
        switch (body[at++])
        {
            case 0x11:
                SessionExpiryInterval = BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(at));
                return at + 4;
            case 0x27:
                MaximumPacketSize = BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(at));
                return at + 4;
            case 0x21:
                ReceiveMaximum = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
                return at + 2;
            case 0x22:
                TopicAliasMaximum = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
                return at + 2;
            case 0x13:
                ServerKeepAlive = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
                return at + 2;
            case 0x24:
                MaximumQoS = body[at] != 0;
                return at + 1;
            case 0x25:
                RetainAvailable = body[at] != 0;
                return at + 1;
            case 0x28:
                WildcardSubscriptionAvailable = body[at] != 0;
                return at + 1;
            case 0x29:
                SubscriptionIdentifiersAvailable = body[at] != 0;
                return at + 1;
            case 0x2A:
                SharedSubscriptionAvailable = body[at] != 0;
                return at + 1;
            case 0x12:
                AssignedClientIdentifier = ReadText(body, ref at);
                return at;
            case 0x1F:
                Reason = ReadText(body, ref at);
                return at;
            case 0x1A:
                ResponseInformation = ReadText(body, ref at);
                return at;
            case 0x1C:
                ServerReference = ReadText(body, ref at);
                return at;
            case 0x26:
                UserProperties.Add(new UserProperty(ReadText(body, ref at), ReadText(body, ref at)));
                return at;
            default:
                return end;
        }
    }

    private static string ReadText(byte[] body, ref int at)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
        at += 2 + length;
        return Encoding.UTF8.GetString(body, at - length, length);
    }
}
