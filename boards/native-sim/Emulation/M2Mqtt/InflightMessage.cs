using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>A packet on its way to the broker, with what it waits for.</summary>
internal sealed class InflightMessage(ushort id, MqttPacket packet)
{
    private CancellationTokenSource _answered = new();

    public ushort Id => id;

    public MqttPacket Packet { get; private set; } = packet;

    public int Attempts { get; set; }

    public OutstandingHold? Hold { get; set; }

    /// <summary>Cancelled when the answer came, or the connection went.</summary>
    public CancellationToken Answered => _answered.Token;

    public bool IsPublish => Packet is MqttPublishPacket or MqttPubRelPacket;

    public bool AwaitsAnswer =>
        Packet is not MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.AtMostOnce };

    public bool AwaitsPuback =>
        Packet is MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.AtLeastOnce };

    public bool AwaitsPubrec =>
        Packet is MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.ExactlyOnce };

    /// <summary>The second half of a QoS 2 exchange: from now on PUBREL is what is sent.</summary>
    public void Proceed(MqttPacket packet)
    {
        EndWait();
        _answered = new CancellationTokenSource();
        Packet = packet;
        Attempts = 0;
    }

    /// <summary>Ends the wait: answered, failed, or the connection is gone.</summary>
    public void EndWait()
    {
        _answered.Cancel();
        Hold?.Release();
        Hold = null;
    }

    /// <summary>A new connection sends it again.</summary>
    public void Renew() => _answered = new CancellationTokenSource();
}
