using Boards.NativeSim.World;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>
/// What a client publishes on a topic that it has subscribed to comes back to it, a little after the acknowledgement:
/// virtual time waits for that too, or it would depend on the host when the device receives it.
/// </summary>
internal sealed class OwnMessages(SimulatedChip chip)
{
    private readonly object _gate = new();
    private readonly HashSet<string> _topics = [];
    private readonly Dictionary<string, WorldHold> _awaited = [];
    private bool _isOver;

    /// <summary>A packet is about to be sent for the first time.</summary>
    public void Sending(MqttPacket packet)
    {
        lock (_gate)
        {
            if (packet is MqttSubscribePacket subscribe)
            {
                _topics.UnionWith(subscribe.TopicFilters.Select(filter => filter.Topic));
            }
            else if (packet is MqttUnsubscribePacket unsubscribe)
            {
                _topics.ExceptWith(unsubscribe.TopicFilters);
            }
            else if (packet is MqttPublishPacket publish && publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.ExactlyOnce
                && _topics.Contains(publish.Topic) && !_isOver)
            {
                Await(publish.Topic);
            }
        }
    }

    /// <summary>A message came; whatever it leads to holds time already.</summary>
    public void Came(string topic)
    {
        lock (_gate)
        {
            if (_awaited.Remove(topic, out WorldHold? hold))
            {
                hold.End();
            }
        }
    }

    /// <summary>Nothing comes any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            foreach (WorldHold hold in _awaited.Values)
            {
                hold.End();
            }
        }
    }

    private void Await(string topic)
    {
        if (_awaited.ContainsKey(topic))
        {
            // The last one never came: the broker does not send the device its own messages, or nothing passes any more.
            _isOver = true;
            return;
        }

        _awaited[topic] = chip.Time.Begin("own message", chip.Number, HoldKind.Answer);
    }
}
