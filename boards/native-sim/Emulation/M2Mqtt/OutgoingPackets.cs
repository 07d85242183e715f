using System.Buffers;
using System.Collections;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>Builds packets, and finds the faults in them that the device finds only when it sends.</summary>
internal static class OutgoingPackets
{
    private const int MaxTopicLength = 65_535;
    private const int HeaderLength = 8;

    // The payload is not copied, as on the device: who changes it before it is sent sends the change.
    public static MqttPublishPacket Publish(
        ushort id,
        string topic,
        byte[]? message,
        string? contentType,
        ArrayList? userProperties,
        MqttQoSLevel qosLevel,
        bool retain) => new()
        {
            PacketIdentifier = qosLevel == MqttQoSLevel.AtMostOnce ? (ushort)0 : id,
            Topic = topic,
            Payload = message is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(message),
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)(int)qosLevel,
            Retain = retain,
            ContentType = contentType,
            UserProperties = UserProperties(userProperties),
        };

    public static MqttSubscribePacket Subscribe(ushort id, string[] topics, MqttQoSLevel[] qosLevels) => new()
    {
        PacketIdentifier = id,
        TopicFilters = topics is null || qosLevels is null || topics.Length != qosLevels.Length
            ? []
            : [.. topics.Zip(qosLevels, (topic, qos) => new MqttTopicFilter
            {
                Topic = topic,
                QualityOfServiceLevel = (MqttQualityOfServiceLevel)(int)qos,
            })],
    };

    public static MqttUnsubscribePacket Unsubscribe(ushort id, string[] topics) => new()
    {
        PacketIdentifier = id,
        TopicFilters = [.. topics ?? []],
    };

    public static List<MqttUserProperty>? UserProperties(ArrayList? properties)
    {
        if (properties is null || properties.Count == 0)
        {
            return null;
        }

        var result = new List<MqttUserProperty>();
        foreach (object? property in properties)
        {
            UserProperty known = property as UserProperty ?? throw new ArgumentException();
            result.Add(new MqttUserProperty(known.Name, System.Text.Encoding.UTF8.GetBytes(known.Value).AsMemory()));
        }

        return result;
    }

    /// <summary>About how long a packet is, for what it costs to send it.</summary>
    public static int LengthOf(MqttPacket packet) => packet is MqttPublishPacket publish
        ? HeaderLength + (publish.Topic?.Length ?? 0) + (int)publish.Payload.Length
        : HeaderLength;

    public static void ThrowIfInvalid(MqttPacket packet)
    {
        MqttClientErrorCode? error = packet switch
        {
            MqttPublishPacket { Topic: null or "" } => MqttClientErrorCode.TopicLength,
            MqttPublishPacket p when p.Topic.Length > MaxTopicLength => MqttClientErrorCode.TopicLength,
            MqttPublishPacket p when p.Topic.AsSpan().ContainsAny('#', '+') => MqttClientErrorCode.TopicWildcard,
            MqttPublishPacket { QualityOfServiceLevel: > MqttQualityOfServiceLevel.ExactlyOnce } =>
                MqttClientErrorCode.QosNotAllowed,
            MqttSubscribePacket { TopicFilters.Count: 0 } => MqttClientErrorCode.TopicsEmpty,
            MqttUnsubscribePacket { TopicFilters.Count: 0 } => MqttClientErrorCode.TopicsEmpty,
            _ => null,
        };

        if (error is { } code)
        {
            throw new MqttClientException(code);
        }
    }
}
