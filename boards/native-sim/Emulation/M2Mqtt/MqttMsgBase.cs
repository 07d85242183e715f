using System.Collections;

namespace nanoFramework.M2Mqtt.Messages;

/// <summary>Only what an application sees of a packet; encoding is the emulation's business.</summary>
public abstract class MqttMsgBase
{
    public MqttMessageType Type { get; set; }

    public bool DupFlag { get; set; }

    public MqttQoSLevel QosLevel { get; set; }

    public bool Retain { get; set; }

    public ushort MessageId { get; set; }

    public ArrayList UserProperties { get; internal set; } = [];

    public uint MaximumPacketSize { get; set; }
}
