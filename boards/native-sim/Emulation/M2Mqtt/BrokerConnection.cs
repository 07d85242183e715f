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
    private const int TickMs = 500;
    private const int GoodbyeMs = 2_000;
    private const int LaggingWorkItems = 50;
    private const int LongestLagWaits = 20;

    private readonly SimulatedChip _chip;
    private readonly int _boot;
    private readonly MqttClient _client;
    private readonly InflightQueue _inflight;
    private readonly ILowLevelMqttClient _wire;
    private readonly ConnectionLimits _limits;
    private readonly EventQueue _events;
    private readonly PacketReceiver _receiver;
    private readonly Channel<(MqttPacket Packet, InflightMessage? Message)> _outgoing =
        Channel.CreateUnbounded<(MqttPacket, InflightMessage?)>(new() { SingleReader = true });

    private readonly CancellationTokenSource _gone = new();
    private readonly Timer _ticks;
    private long _lastSentTicks = Environment.TickCount64;
    private long _pingSentTicks;
    private int _closing;
    private int _closed;

    public BrokerConnection(
        SimulatedChip chip,
        int boot,
        MqttClient client,
        InflightQueue inflight,
        ILowLevelMqttClient wire,
        ConnectionLimits limits)
    {
        _chip = chip;
        _boot = boot;
        _client = client;
        _inflight = inflight;
        _wire = wire;
        _limits = limits;
        _events = new EventQueue(chip, boot, BeginClosing);
        _receiver = new PacketReceiver(client, inflight, _events, this, limits);
        _ticks = new Timer(_ => Tick(), null, TickMs, TickMs);
    }

    public bool IsOpen => Volatile.Read(ref _closing) == 0;

    public void Start(InflightMessage[] waiting)
    {
        _chip.Radio.LinkDropped += OnReachabilityChanged;
        _chip.Radio.BrokerReachableChanged += OnReachabilityChanged;
        _chip.PoweredOff += OnPoweredOff;
        if (!_chip.Runs(_boot))
        {
            CloseSilently();
            return;
        }

        foreach (InflightMessage message in waiting)
        {
            Send(message);
        }

        _events.Start();
        _ = Task.Run(SendLoop);
        _ = Task.Run(ReceiveLoop);
        OnReachabilityChanged(this, EventArgs.Empty);
    }

    public void Send(InflightMessage message)
    {
        if (!_receiver.IsDeaf && IsOpen)
        {
            message.HoldTime(_chip.Time);
        }

        if (!_outgoing.Writer.TryWrite((message.Packet, message)))
        {
            message.ReleaseHold(long.MaxValue);
        }
    }

    /// <summary>Sends a packet that waits for nothing.</summary>
    public void Answer(MqttPacket packet) => _outgoing.Writer.TryWrite((packet, null));

    public void PingAnswered() => Volatile.Write(ref _pingSentTicks, 0);

    /// <summary>Says goodbye, so that the broker drops the will.</summary>
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
        _ticks.Dispose();
        _outgoing.Writer.TryComplete();
        CloseWire();
        _inflight.Close();
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

    private void Drop()
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
                CancellationToken answered = message?.Answered ?? default;
                if (!answered.IsCancellationRequested)
                {
                    Prepare(packet, message);
                    await _wire.SendAsync(packet, _gone.Token).ConfigureAwait(false);
                    Volatile.Write(ref _lastSentTicks, Environment.TickCount64);
                    AfterSending(message, answered);
                }
            }
        }
        catch (Exception)
        {
            // A broken connection, or a packet that cannot be: the device closes on either.
            BeginClosing();
        }
    }

    private static void Prepare(MqttPacket packet, InflightMessage? message)
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
    }

    private void AfterSending(InflightMessage? message, CancellationToken answered)
    {
        if (message is { AwaitsAnswer: true })
        {
            _ = Retry(message, answered);
        }
        else if (message is not null)
        {
            _inflight.Remove(message);
            message.EndWait();
        }
    }

    private async Task Retry(InflightMessage message, CancellationToken answered)
    {
        try
        {
            await WaitForAnswer(answered).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (message.Attempts < _limits.Attempts)
        {
            Send(message);
        }
        else if (_inflight.Remove(message))
        {
            if (message.IsPublish)
            {
                _events.Post(() => _client.RaisePublished(message.Id, false));
            }

            message.EndWait();
        }
    }

    // A thousand devices share one host with their broker. While the host lags, an answer may long be there and only
    // wait for its turn; resending would make it worse.
    private async Task WaitForAnswer(CancellationToken answered)
    {
        int waits = 0;
        do
        {
            await _chip.Time.Delay(_limits.RetryMs, answered).ConfigureAwait(false);
        }
        while (ThreadPool.PendingWorkItemCount > LaggingWorkItems && ++waits < LongestLagWaits);
    }

    private async Task ReceiveLoop()
    {
        try
        {
            while (await _wire.ReceiveAsync(_gone.Token).ConfigureAwait(false) is { } packet)
            {
                _receiver.Receive(packet);
                if (_receiver.IsDeaf)
                {
                    return;
                }
            }
        }
        catch (Exception)
        {
            // The connection broke: the same as its orderly end.
        }

        BeginClosing();
    }

    // Keep-alive counts the host's time, as the broker does; so does the patience with answers that do not come.
    private void Tick()
    {
        long now = Environment.TickCount64;
        _inflight.ReleaseHolds(now - _chip.Time.AnswerPatienceMs);
        if (_limits.KeepAliveMs == 0 || !IsOpen)
        {
            return;
        }

        long pingSent = Volatile.Read(ref _pingSentTicks);
        if (pingSent != 0)
        {
            if (now - pingSent >= _limits.KeepAliveMs)
            {
                Drop();
            }
        }
        else if (now - Volatile.Read(ref _lastSentTicks) >= _limits.KeepAliveMs)
        {
            Volatile.Write(ref _pingSentTicks, now);
            Answer(MqttPingReqPacket.Instance);
        }
    }
}
