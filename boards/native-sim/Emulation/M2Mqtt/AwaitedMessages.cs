using Boards.NativeSim.World;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>
/// What a client publishes on a topic to which it or another device's client has subscribed comes there, a little after the
/// acknowledgement: virtual time waits for that too, or it would depend on the host when the device receives it.
/// </summary>
internal sealed class AwaitedMessages(SimulatedChip chip) : ITopicReader
{
    private readonly object _gate = new();
    private readonly HashSet<string> _topics = [];
    private readonly List<(string Topic, WorldHold Hold)> _awaited = [];
    private readonly Dictionary<MqttPacket, List<(ITopicReader Reader, WorldHold Hold)>> _unacknowledged = [];
    private bool _isOver;

    /// <summary>A packet is about to be sent for the first time.</summary>
    public void Sending(MqttPacket packet)
    {
        switch (packet)
        {
            // Its own messages on the same connection come behind the subscription.
            case MqttSubscribePacket subscribe:
                lock (_gate)
                {
                    _topics.UnionWith(subscribe.TopicFilters.Select(filter => filter.Topic));
                }

                break;
            case MqttUnsubscribePacket unsubscribe:
                lock (_gate)
                {
                    _topics.ExceptWith(unsubscribe.TopicFilters);
                }

                unsubscribe.TopicFilters.ForEach(topic => chip.Time.Readers.Remove(topic, this));
                break;
            case MqttPublishPacket publish when publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.ExactlyOnce:
                Publishing(publish);
                break;
        }
    }

    /// <summary>The broker has answered a packet.</summary>
    public void Answered(MqttPacket packet)
    {
        lock (_gate)
        {
            _unacknowledged.Remove(packet);
            if (_isOver)
            {
                return;
            }

            // Not before: the messages of others may have passed the broker earlier.
            foreach (MqttTopicFilter filter in (packet as MqttSubscribePacket)?.TopicFilters ?? [])
            {
                chip.Time.Readers.Add(filter.Topic, this);
            }
        }
    }

    /// <inheritdoc/>
    public WorldHold? Await(string topic)
    {
        lock (_gate)
        {
            // If one was given up: the broker does not send this device what it should, or nothing passes any more.
            _isOver = _isOver || _awaited.Exists(other => other.Topic == topic && other.Hold.HasEnded);
            if (_isOver)
            {
                return null;
            }

            WorldHold hold = chip.Answers.Begin("message");
            _awaited.Add((topic, hold));
            return hold;
        }
    }

    /// <inheritdoc/>
    public void Forget(WorldHold hold)
    {
        lock (_gate)
        {
            _awaited.RemoveAll(other => other.Hold == hold);
        }

        hold.End();
    }

    /// <summary>A message came; whatever it leads to holds time already.</summary>
    public void Came(string topic)
    {
        lock (_gate)
        {
            int first = _awaited.FindIndex(other => other.Topic == topic);
            if (first >= 0)
            {
                _awaited[first].Hold.End();
                _awaited.RemoveAt(first);
            }
        }
    }

    /// <summary>Nothing comes any more, and what no broker has acknowledged need not come elsewhere.</summary>
    public void End()
    {
        List<(ITopicReader Reader, WorldHold Hold)>[] lost;
        string[] topics;
        lock (_gate)
        {
            _isOver = true;
            topics = [.. _topics];
            lost = [.. _unacknowledged.Values];
            _unacknowledged.Clear();
            _awaited.ForEach(message => message.Hold.End());
            _awaited.Clear();
        }

        Array.ForEach(topics, topic => chip.Time.Readers.Remove(topic, this));
        foreach ((ITopicReader reader, WorldHold hold) in lost.SelectMany(holds => holds))
        {
            reader.Forget(hold);
        }
    }

    private void Publishing(MqttPublishPacket publish)
    {
        bool isOwn;
        lock (_gate)
        {
            isOwn = _topics.Contains(publish.Topic);
        }

        // Without the lock: two devices may publish to each other.
        var holds = new List<(ITopicReader Reader, WorldHold Hold)>();
        foreach (ITopicReader reader in chip.Time.Readers.Of(publish.Topic).Where(reader => reader != this).Concat(isOwn ? [this] : []))
        {
            if (reader.Await(publish.Topic) is { } hold)
            {
                holds.Add((reader, hold));
            }
        }

        if (holds.Count > 0 && publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce)
        {
            lock (_gate)
            {
                _unacknowledged[publish] = holds;
            }
        }
    }
}
