using System.Buffers;
using MQTTnet.Packets;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <content>The events, raised one at a time.</content>
public partial class MqttClient
{
    public event IMqttClient.MqttMsgPublishEventHandler? MqttMsgPublishReceived;

    public event IMqttClient.MqttMsgPublishedEventHandler? MqttMsgPublished;

    public event IMqttClient.MqttMsgSubscribedEventHandler? MqttMsgSubscribed;

    public event IMqttClient.MqttMsgUnsubscribedEventHandler? MqttMsgUnsubscribed;

    public event ConnectionOpenedEventHandler? ConnectionOpened;

    public event IMqttClient.ConnectionClosedEventHandler? ConnectionClosed;

    public event ConnectionClosedRequestEventHandler? ConnectionClosedRequest;

    public delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);

    public delegate void MqttMsgPublishedEventHandler(object sender, MqttMsgPublishedEventArgs e);

    public delegate void MqttMsgSubscribedEventHandler(object sender, MqttMsgSubscribedEventArgs e);

    public delegate void MqttMsgUnsubscribedEventHandler(object sender, MqttMsgUnsubscribedEventArgs e);

    public delegate void ConnectionOpenedEventHandler(object sender, ConnectionOpenedEventArgs e);

    public delegate void ConnectionClosedEventHandler(object sender, EventArgs e);

    public delegate void ConnectionClosedRequestEventHandler(object sender, ConnectionClosedRequestEventArgs e);

    internal void RaiseReceived(MqttPublishPacket publish) => MqttMsgPublishReceived?.Invoke(
        this,
        new MqttMsgPublishEventArgs(
            publish.Topic,
            publish.Payload.ToArray(),
            publish.Dup,
            (MqttQoSLevel)(int)publish.QualityOfServiceLevel,
            publish.Retain));

    internal void RaisePublished(ushort id, bool isPublished) =>
        MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(id, isPublished));

    internal void RaiseSubscribed(ushort id, MqttSubAckPacket suback) => MqttMsgSubscribed?.Invoke(
        this,
        new MqttMsgSubscribedEventArgs(id, [.. suback.ReasonCodes.Select(code => (MqttQoSLevel)(int)code)]));

    internal void RaiseUnsubscribed(ushort id) =>
        MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(id));

    internal void RaiseConnectionClosed() => ConnectionClosed?.Invoke(this, EventArgs.Empty);

    internal void RaiseConnectionClosedRequest(MqttDisconnectPacket disconnect) => ConnectionClosedRequest?.Invoke(
        this, new ConnectionClosedRequestEventArgs(MqttMsgDisconnect.From(disconnect)));
}
