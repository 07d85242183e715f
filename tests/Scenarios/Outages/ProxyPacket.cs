using System.Text;

namespace Scenarios.Outages;

/// <summary>A packet of MQTT on its way through a <see cref="TcpProxy"/>.</summary>
internal sealed class ProxyPacket(bool isToBroker, byte[] bytes)
{
    private const int Publish = 3;
    private const int Puback = 4;

    public bool IsToBroker => isToBroker;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public bool IsPublish => Type == Publish;

    /// <summary>Whether it is telemetry of a device, sent with QoS 1.</summary>
    public bool IsTelemetry => isToBroker && Type == Publish && Topic.EndsWith("/telemetry", StringComparison.Ordinal);

    /// <summary>Whether the broker acknowledges a message.</summary>
    public bool IsAcknowledgement => !isToBroker && Type == Puback;

    public int MessageId => IsAcknowledgement ? Number(Body) : Number(Body + 2 + Number(Body));

    public string Topic => Encoding.UTF8.GetString(bytes, Body + 2, Number(Body));

    /// <summary>The payload of telemetry: it begins with the first bracket, whether MQTT 5 puts properties before it or not.</summary>
    public byte[] Pack => bytes[Array.IndexOf(bytes, (byte)'[', Body + 4 + Number(Body))..];

    private int Type => bytes[0] >> 4;

    private int Body => 1 + LengthBytes(bytes);

    /// <summary>The length of the packet at the beginning of some bytes; 0 when it is not whole yet.</summary>
    public static int WholeLength(ReadOnlySpan<byte> bytes)
    {
        int value = 0;
        for (int i = 1; i < bytes.Length && i <= 4; i++)
        {
            value |= (bytes[i] & 127) << (7 * (i - 1));
            if (bytes[i] < 128)
            {
                int whole = 1 + i + value;
                return whole <= bytes.Length ? whole : 0;
            }
        }

        return 0;
    }

    private static int LengthBytes(byte[] bytes)
    {
        int i = 1;
        while (bytes[i] >= 128)
        {
            i++;
        }

        return i;
    }

    private int Number(int at) => (bytes[at] << 8) | bytes[at + 1];
}
