using System.Threading.Channels;
using Boards.NativeSim.World;
using MQTTnet.LowLevelClient;
using MQTTnet.Packets;
using nanoFramework.M2Mqtt;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>
/// One connection to the broker, from CONNACK until it is gone: a loop that sends in order, one that receives, and one
/// that raises events. Tasks, not threads, so that a process can hold a thousand.
/// </summary>
internal sealed class BrokerConnection
{
    private const int GoodbyeMs = 2_000;

    private readonly SimulatedChip _chip;
    private readonly int _boot;
    private readonly MqttClient _client;
    private readonly InflightQueue _inflight;
    private readonly ILowLevelMqttClient _wire;
    private readonly Resending _resending;
    private readonly EventQueue _events;
    private readonly PacketReceiver _receiver;
    private readonly AwaitedMessages _awaited;
    private readonly Channel<(MqttPacket Packet, InflightMessage? Message)> _outgoing =
        Channel.CreateUnbounded<(MqttPacket, InflightMessage?)>(new() { SingleReader = true });

    private readonly CancellationTokenSource _gone = new();
    private readonly KeepAlive? _keepAlive;
    private int _closing;
    private int _closed;

    public BrokerConnection(
        SimulatedChip chip,
        int boot,
        MqttClient client,
        InflightQueue inflight,
        ILowLevelMqttClient wire,
        ReceivedBytes? bytes,
        ConnectionLimits limits)
    {
        _chip = chip;
        _boot = boot;
        _client = client;
        _inflight = inflight;
        _wire = wire;
        _events = new EventQueue(chip, boot, BeginClosing);
        _awaited = new AwaitedMessages(chip);
        _resending = new Resending(chip, limits, Send, GiveUp);
        _receiver = new PacketReceiver(client, inflight, _events, this, _awaited, bytes, limits);
        _keepAlive = limits.KeepAliveMs == 0 ? null : new KeepAlive(limits.KeepAliveMs, () => Answer(MqttPingReqPacket.Instance), Drop);
    }

    public bool IsOpen => Volatile.Read(ref _closing) == 0;

    public void Start(InflightMessage[] waiting)
    {
        _chip.Radio.LinkDropped += OnReachabilityChanged;
        _chip.Radio.BrokerReachableChanged += OnReachabilityChanged;
        _chip.PoweredOff += OnPoweredOff;
        _chip.Connections.Opened();
        if (!_chip.Runs(_boot))
        {
            CloseSilently();
            return;
        }

        foreach (InflightMessage message in waiting)
        {
            Send(message);
        }

        // They outlive the worker that connects: what they do is not part of what it does.
        using (ExecutionContext.SuppressFlow())
        {
            _events.Start();
            _ = Task.Run(SendLoop);
            _ = Task.Run(ReceiveLoop);
        }

        OnReachabilityChanged(this, EventArgs.Empty);
    }

    public void Send(InflightMessage message)
    {
        if (IsOpen)
        {
            message.HoldTime(_chip);
            if (message.Attempts == 0)
            {
                _awaited.Sending(message.Packet);
            }
        }

        if (!_outgoing.Writer.TryWrite((message.Packet, message)))
        {
            message.ReleaseHold();
        }
    }

    /// <summary>Sends a packet that waits for nothing.</summary>
    public void Answer(MqttPacket packet) => _outgoing.Writer.TryWrite((packet, null));

    public void PingAnswered() => _keepAlive?.Answered();

    /// <summary>Sends DISCONNECT, so that the broker drops the will.</summary>
    public async Task SendDisconnect()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        limit.CancelAfter(GoodbyeMs);
        await _wire.SendAsync(new MqttDisconnectPacket(), limit.Token).ConfigureAwait(false);
    }

    /// <summary>The connection ends: events that wait are raised first, then that it closed.</summary>
    public void BeginClosing()
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            return;
        }

        _events.Post(() =>
        {
            Close();
            _client.RaiseConnectionClosed();
        });
        _events.Complete();
    }

    /// <summary>Ends it at once: the socket closes without a DISCONNECT, and no event is raised any more.</summary>
    public void CloseSilently()
    {
        Interlocked.Exchange(ref _closing, 1);
        _events.Silence();
        Close();
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        _chip.Radio.LinkDropped -= OnReachabilityChanged;
        _chip.Radio.BrokerReachableChanged -= OnReachabilityChanged;
        _chip.PoweredOff -= OnPoweredOff;
        _keepAlive?.Dispose();
        _outgoing.Writer.TryComplete();
        CloseWire();
        _inflight.Close();
        _awaited.End();
        _chip.Connections.Closed();
    }

    // Without a DISCONNECT; and whatever it throws, nobody could do anything about it.
    private void CloseWire()
    {
        try
        {
            _gone.Cancel();
            (_wire as IDisposable)?.Dispose();
        }
        catch (Exception)
        {
            // Broken already.
        }
    }

    private void OnReachabilityChanged(object? sender, EventArgs e)
    {
        if (!_chip.Radio.IsJoined || !_chip.Radio.BrokerReachable)
        {
            Drop();
        }
    }

    private void OnPoweredOff(object? sender, EventArgs e) => CloseSilently();

    /// <summary>The socket breaks.</summary>
    public void Drop()
    {
        BeginClosing();
        CloseWire();
    }

    private async Task SendLoop()
    {
        try
        {
            var packets = _outgoing.Reader.ReadAllAsync(_gone.Token).ConfigureAwait(false);
            await foreach ((MqttPacket packet, InflightMessage? message) in packets)
            {
                _chip.Time.HandOver(HandOverPlace.Send);
                CancellationToken answered = message?.Answered ?? default;
                if (!answered.IsCancellationRequested)
                {
                    Prepare(packet, message, answered);
                    _chip.Meter.Sent(OutgoingPackets.LengthOf(packet));
                    await _wire.SendAsync(packet, _gone.Token).ConfigureAwait(false);
                    _keepAlive?.Sent();
                    AfterSending(message);
                }
            }
        }
        catch (Exception)
        {
            // A broken connection, or a packet that cannot be: the device closes on either.
            BeginClosing();
        }
    }

    private void Prepare(MqttPacket packet, InflightMessage? message, CancellationToken answered)
    {
        if (message is null)
        {
            return;
        }

        OutgoingPackets.ThrowIfInvalid(packet);
        message.Attempts++;
        if (packet is MqttPublishPacket publish && message.AwaitsAnswer && message.Attempts > 1)
        {
            publish.Dup = true;
        }

        // The wait for the response begins before it can arrive: time must not move without it.
        if (message.AwaitsAnswer)
        {
            _ = _resending.Watch(message, answered);
        }

        message.HoldForAnswer(_chip);
    }

    private void AfterSending(InflightMessage? message)
    {
        if (message is { AwaitsAnswer: false })
        {
            _inflight.Remove(message);
            message.EndWait();
        }
    }

    private void GiveUp(InflightMessage message)
    {
        if (!_inflight.Remove(message))
        {
            return;
        }

        if (message.IsPublish)
        {
            _events.Post(() => _client.RaisePublished(message.Id, false));
        }

        message.EndWait();
    }

    private async Task ReceiveLoop()
    {
        try
        {
            while (await _wire.ReceiveAsync(_gone.Token).ConfigureAwait(false) is { } packet)
            {
                _chip.Time.HandOver(HandOverPlace.Receive);
                _receiver.Receive(packet);
            }
        }
        catch (Exception)
        {
            // The connection broke: the same as its orderly end.
        }

        BeginClosing();
    }
}
