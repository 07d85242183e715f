using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>A message that came in as the bytes of MQTT 3.1.1.</summary>
internal static class PublishedBytes
{
    public static byte[] Of(MqttPublishPacket publish)
    {
        byte[] topic = System.Text.Encoding.UTF8.GetBytes(publish.Topic);
        bool hasId = publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
        int rest = 2 + topic.Length + (hasId ? 2 : 0) + (int)publish.Payload.Length;
        using var bytes = new MemoryStream();
        bytes.WriteByte((byte)(0x30 | ((int)publish.QualityOfServiceLevel << 1) | (publish.Retain ? 1 : 0)));
        for (int length = rest; ;)
        {
            int next = length >> 7;
            bytes.WriteByte((byte)((length & 127) | (next == 0 ? 0 : 128)));
            if (next == 0)
            {
                break;
            }

            length = next;
        }

        Write(bytes, (ushort)topic.Length);
        bytes.Write(topic);
        if (hasId)
        {
            Write(bytes, publish.PacketIdentifier);
        }

        foreach (ReadOnlyMemory<byte> part in publish.Payload)
        {
            bytes.Write(part.Span);
        }

        return bytes.ToArray();
    }

    private static void Write(MemoryStream bytes, ushort value)
    {
        bytes.WriteByte((byte)(value >> 8));
        bytes.WriteByte((byte)value);
    }
}
