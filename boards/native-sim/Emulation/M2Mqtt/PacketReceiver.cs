using MQTTnet.Packets;
using MQTTnet.Protocol;
using nanoFramework.M2Mqtt;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>What a client does with each packet from the broker.</summary>
internal sealed class PacketReceiver(
    MqttClient client,
    InflightQueue inflight,
    EventQueue events,
    BrokerConnection connection,
    AwaitedMessages awaited,
    ReceivedBytes? bytes,
    ConnectionLimits limits)
{
    // What a connected device has free, and what its client makes of a message: the bytes of the packet, the payload, and
    // the objects around them.
    private const int FreeHeapBytes = 24_000;
    private const int MessageBytes = 900;

    // The receive thread takes messages in faster than they are handled (a request is 1.8 million instructions): what a
    // flood leaves in the client's queue waits there, unless a channel lets only a few in at a time.
    private const int HandlingMs = 20;
    private const int FewMessages = 4;

    private readonly Dictionary<ushort, MqttPublishPacket> _awaitPubrel = [];
    private int _queuedBytes;
    private int _queued;

    public void Receive(MqttPacket packet)
    {
        if (bytes is not null && bytes.Loses(packet))
        {
            // Nothing answers what it answered: virtual time need not wait for it.
            inflight.ReleaseHold((packet as MqttPacketWithIdentifier)?.PacketIdentifier ?? 0);
            awaited.Came((packet as MqttPublishPacket)?.Topic ?? string.Empty);
            return;
        }

        switch (packet)
        {
            case MqttPublishPacket publish:
                ReceivePublish(publish);
                break;
            case MqttPubRelPacket pubrel:
                connection.Answer(new MqttPubCompPacket { PacketIdentifier = pubrel.PacketIdentifier });
                if (_awaitPubrel.Remove(pubrel.PacketIdentifier, out MqttPublishPacket? released))
                {
                    events.Post(() => client.RaiseReceived(released));
                }

                break;
            case MqttPingRespPacket:
                connection.PingAnswered();
                break;
            case MqttDisconnectPacket disconnect:
                events.Post(() => client.RaiseConnectionClosedRequest(disconnect));
                break;
            default:
                ReceiveAnswer(packet);
                break;
        }
    }

    private void ReceiveAnswer(MqttPacket packet)
    {
        switch (packet)
        {
            case MqttPubAckPacket puback:
                Finish(puback.PacketIdentifier, m => m.AwaitsPuback, id => client.RaisePublished(id, true));
                break;
            case MqttPubRecPacket pubrec:
                if (inflight.Find(pubrec.PacketIdentifier, m => m.AwaitsPubrec) is { } first)
                {
                    first.Proceed(new MqttPubRelPacket { PacketIdentifier = first.Id });
                    connection.Send(first);
                }

                break;
            case MqttPubCompPacket pubcomp:
                Finish(pubcomp.PacketIdentifier, m => m.Packet is MqttPubRelPacket, id => client.RaisePublished(id, true));
                break;
            case MqttSubAckPacket suback:
                Finish(suback.PacketIdentifier, m => m.Packet is MqttSubscribePacket, id => client.RaiseSubscribed(id, suback));
                break;
            case MqttUnsubAckPacket unsuback:
                Finish(unsuback.PacketIdentifier, m => m.Packet is MqttUnsubscribePacket, client.RaiseUnsubscribed);
                break;
        }
    }

    // The event is posted before the message's hold ends, so that virtual time cannot slip on in between.
    private void Finish(ushort id, Predicate<InflightMessage> awaits, Action<ushort> raise)
    {
        if (inflight.Find(id, awaits) is { } message && inflight.Remove(message))
        {
            events.Post(() => raise(id));
            awaited.Answered(message.Packet);
            message.EndWait();
        }
    }

    private void ReceivePublish(MqttPublishPacket publish)
    {
        long bytes = publish.Payload.Length + publish.Topic.Length;
        if (limits.MaximumPacketBytes > 0 && bytes > limits.MaximumPacketBytes)
        {
            // A conforming MQTT 5 broker would not have sent it; some do.
            Acknowledge(publish);
        }
        else
        {
            Read(publish);
        }

        awaited.Came(publish.Topic);
    }

    private void Read(MqttPublishPacket publish)
    {
        int length = client.BeginReading(publish);
        int bytes = MessageBytes + (2 * length);
        if (length < 0)
        {
            return;
        }

        if (Volatile.Read(ref _queuedBytes) + bytes > FreeHeapBytes)
        {
            // Out of memory: the receive thread takes the rest of the message for packets, and gives up.
            connection.Drop();
            return;
        }

        client.EndReading(length);
        if (inflight.Count < client.Settings.InflightQueueSize)
        {
            // Otherwise it is lost: the device has one queue for both directions, and drops what finds no place in it.
            Acknowledge(publish);
            Deliver(publish, bytes);
        }
    }

    private void Deliver(MqttPublishPacket publish, int bytes)
    {
        if (publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce)
        {
            _awaitPubrel[publish.PacketIdentifier] = publish;
        }
        else
        {
            Interlocked.Add(ref _queuedBytes, bytes);
            bool isFlood = Interlocked.Increment(ref _queued) > FewMessages || client.HasOwnChannel;
            events.Post(() => Raise(publish, bytes), isFlood ? HandlingMs : 0);
        }
    }

    private void Raise(MqttPublishPacket publish, int bytes)
    {
        Interlocked.Decrement(ref _queued);
        Interlocked.Add(ref _queuedBytes, -bytes);
        client.RaiseReceived(publish);
    }

    private void Acknowledge(MqttPublishPacket publish)
    {
        switch (publish.QualityOfServiceLevel)
        {
            case MqttQualityOfServiceLevel.AtLeastOnce:
                connection.Answer(new MqttPubAckPacket { PacketIdentifier = publish.PacketIdentifier });
                break;
            case MqttQualityOfServiceLevel.ExactlyOnce:
                connection.Answer(new MqttPubRecPacket { PacketIdentifier = publish.PacketIdentifier });
                break;
        }
    }
}
