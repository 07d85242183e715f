using MQTTnet.Diagnostics.PacketInspection;
using MQTTnet.LowLevelClient;
using MQTTnet.Packets;
using nanoFramework.M2Mqtt.Messages;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>
/// The bytes of the packet of MQTT 5 that came last: what the device's client makes of one depends on how it is written.
/// Some that are correct make its parser throw on the receive thread, and are lost.
/// </summary>
internal sealed class ReceivedBytes
{
    private const int ReasonWithoutProperties = 3;

    private byte[] _body = [];

    public ReceivedBytes(ILowLevelMqttClient wire) => wire.InspectPacketAsync += Note;

    /// <exception cref="IndexOutOfRangeException">It is that of MQTT 3.1.1: the client looks for properties.</exception>
    public MqttMsgConnack ReadConnack() => MqttMsgConnack.Parse(_body);

    /// <summary>Whether the parser runs past the end of the packet, looking for properties that it does not have.</summary>
    public bool Loses(MqttPacket packet) => packet switch
    {
        MqttPubAckPacket or MqttPubRecPacket or MqttPubCompPacket => _body.Length == ReasonWithoutProperties,
        MqttDisconnectPacket => _body.Length == 1,
        _ => false,
    };

    private Task Note(InspectMqttPacketEventArgs e)
    {
        if (e.Direction == MqttPacketFlowDirection.Inbound)
        {
            int at = 1;
            while (at < e.Buffer.Length && e.Buffer[at++] >= 128)
            {
                // The remaining length.
            }

            _body = e.Buffer[at..];
        }

        return Task.CompletedTask;
    }
}
