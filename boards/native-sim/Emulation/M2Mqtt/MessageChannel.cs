using System.Buffers.Binary;
using System.Text;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using nanoFramework.M2Mqtt;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>
/// The client's channel as its receive thread sees it: the bytes of one message that came in. Whatever stands between
/// the two reads them as on a device, and may acknowledge what it keeps to itself.
/// </summary>
internal sealed class MessageChannel : IMqttNetworkChannel
{
    private const byte Puback = 0x40;

    private byte[] _bytes = [];
    private int _at;

    /// <summary>Sends the acknowledgement of a message.</summary>
    public Action<ushort> Acknowledge { get; set; } = _ => { };

    public bool DataAvailable => _at < _bytes.Length;

    public bool ValidateServerCertificate { get; set; } = true;

    /// <summary>A message came in; its bytes are those of MQTT 3.1.1.</summary>
    public void Load(MqttPublishPacket publish)
    {
        byte[] topic = Encoding.UTF8.GetBytes(publish.Topic);
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

        _bytes = bytes.ToArray();
        _at = 0;
    }

    /// <summary>0 when the message has no more bytes.</summary>
    public int Receive(byte[] buffer)
    {
        if (_bytes.Length - _at < buffer.Length)
        {
            return 0;
        }

        Array.Copy(_bytes, _at, buffer, 0, buffer.Length);
        _at += buffer.Length;
        return buffer.Length;
    }

    public int Receive(byte[] buffer, int timeout) => Receive(buffer);

    public int Send(byte[] buffer)
    {
        if (buffer[0] == Puback)
        {
            Acknowledge(BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(2)));
        }

        return buffer.Length;
    }

    public void Close()
    {
    }

    public void Connect()
    {
    }

    public void Accept()
    {
    }

    private static void Write(MemoryStream bytes, ushort value)
    {
        bytes.WriteByte((byte)(value >> 8));
        bytes.WriteByte((byte)value);
    }
}
