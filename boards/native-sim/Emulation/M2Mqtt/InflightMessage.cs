using Boards.NativeSim.World;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>A packet on its way to the broker, with what it waits for.</summary>
internal sealed class InflightMessage(ushort id, MqttPacket packet)
{
    private readonly object _gate = new();
    private CancellationTokenSource _answered = new();
    private OutstandingHold? _hold;
    private bool _hasEnded;

    public ushort Id => id;

    public MqttPacket Packet { get; private set; } = packet;

    public int Attempts { get; set; }

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
        Renew();
        Packet = packet;
        Attempts = 0;
    }

    /// <summary>Holds virtual time until the answer comes; not once the wait has ended.</summary>
    public void HoldTime(WorldTime time)
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                _hold ??= new OutstandingHold(time);
            }
        }
    }

    /// <summary>Lets virtual time go on, though the wait goes on too.</summary>
    public void ReleaseHold(long untilTicks)
    {
        lock (_gate)
        {
            if (_hold is not null && _hold.SinceTicks <= untilTicks)
            {
                _hold.Release();
            }
        }
    }

    /// <summary>Ends the wait: answered, failed, or the connection is gone.</summary>
    public void EndWait()
    {
        OutstandingHold? hold;
        lock (_gate)
        {
            _hasEnded = true;
            hold = _hold;
            _hold = null;
        }

        try
        {
            _answered.Cancel();
        }
        finally
        {
            hold?.Release();
        }
    }

    /// <summary>A new connection sends it again.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            _answered = new CancellationTokenSource();
            _hasEnded = false;
        }
    }
}
