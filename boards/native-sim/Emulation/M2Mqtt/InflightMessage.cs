using Boards.NativeSim.World;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>A packet on its way to the broker, with what it waits for.</summary>
internal sealed class InflightMessage(ushort id, MqttPacket packet)
{
    private readonly object _gate = new();
    private CancellationTokenSource _answered = new();
    private WorldHold? _hold;
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

    private void Hold(Func<WorldHold> begin)
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                WorldHold? before = _hold;
                _hold = begin();
                before?.End();
            }
        }
    }

    private string Name => Packet switch
    {
        MqttSubscribePacket => "SUBSCRIBE",
        MqttUnsubscribePacket => "UNSUBSCRIBE",
        MqttPubRelPacket => "PUBREL",
        _ => "PUBLISH",
    };

    /// <summary>The second half of a QoS 2 exchange: from now on PUBREL is what is sent.</summary>
    public void Proceed(MqttPacket packet)
    {
        EndWait();
        Renew();
        Packet = packet;
        Attempts = 0;
    }

    /// <summary>Each attempt holds virtual time until the answer comes; not once the wait has ended.</summary>
    public void HoldTime(SimulatedChip chip) => Hold(() => chip.Time.Begin(Name, chip.Number, HoldKind.Transport));

    /// <summary>From here on it is up to the broker.</summary>
    public void HoldForAnswer(SimulatedChip chip)
    {
        if (_hold is not null)
        {
            Hold(() => chip.Answers.Begin($"answer to {Name}"));
        }
    }

    /// <summary>Lets virtual time go on, though the wait goes on too.</summary>
    public void ReleaseHold()
    {
        lock (_gate)
        {
            _hold?.End();
            _hold = null;
        }
    }

    /// <summary>Ends the wait: answered, failed, or the connection is gone.</summary>
    public void EndWait()
    {
        WorldHold? hold;
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
            hold?.End();
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
