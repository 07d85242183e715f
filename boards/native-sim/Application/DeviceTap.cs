using System.Collections.Concurrent;
using Boards.NativeSim.World;
using Firmware.Platform;

namespace Boards.NativeSim;

/// <summary>
/// Stands between the firmware and the port: passes everything on unchanged, tells the host of it, and counts
/// the attempts to join and to connect as under way until the firmware has their end in its inbox.
/// </summary>
public sealed class DeviceTap : IBrokerLink, INetwork, ILinkEventSink
{
    private const string Telemetry = "telemetry";

    // Of another device, which this one watches.
    private const string Status = "status";

    // What a device says to itself is no business of who watches.
    private const string Ping = "ping";

    // Nor are the many blocks of an update.
    private const string Get = "update/get";
    private const string Block = "update/block";
    private const string Offer = "offer";
    private static readonly string[] Unreported = [Ping, Get, Block];

    private readonly SimulatedChip _chip;
    private readonly int _boot;
    private readonly Inbox _inbox;
    private readonly IProgramHost _host;
    private readonly BlockWait _block;
    private readonly ConcurrentDictionary<int, WorldHold> _attempts = new();
    private readonly object _gate = new();
    private readonly Queue<LinkEvent> _held = new();
    private bool _isStepping;
    private (int Attempt, int Bytes) _asking; // of the message that asks for room
    private int _connects;
    private int _unacknowledged;
    private volatile int _up;
    private volatile int _closed;
    private WorldHold? _closing;
    private IBrokerLink? _link;
    private INetwork? _network;

    /// <summary>Creates a tap; <see cref="Connect(IBrokerLink, INetwork)"/> closes the circle.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="inbox">Receives the port's signals.</param>
    /// <param name="host">Receives each message.</param>
    public DeviceTap(SimulatedChip chip, Inbox inbox, IProgramHost host)
    {
        _chip = chip;
        _inbox = inbox;
        _host = host;
        _boot = chip.Boot;
        _block = new BlockWait(chip, _boot);
        chip.PoweredOff += OnPoweredOff;
    }

    /// <summary>Messages of this connection that the firmware has not seen acknowledged.</summary>
    internal int Unacknowledged => Volatile.Read(ref _unacknowledged);

    /// <inheritdoc/>
    public bool IsJoined => _network!.IsJoined;

    /// <inheritdoc/>
    public string? Address => _network!.Address;

    /// <inheritdoc/>
    public int SignalDbm => _network!.SignalDbm;

    /// <summary>Puts the tap in front of the port.</summary>
    /// <param name="link">The port's link.</param>
    /// <param name="network">The port's network.</param>
    public void Connect(IBrokerLink link, INetwork network)
    {
        _link = link;
        _network = network;
    }

    /// <inheritdoc/>
    public void Connect(int attempt, BrokerSession session, bool forget)
    {
        using IDisposable flow = BeginAttempt("connect", attempt);
        _connects = attempt;
        _block.End();
        Volatile.Write(ref _unacknowledged, 0);
        _host.Connecting();
        _link!.Connect(attempt, session, forget);
    }

    /// <inheritdoc/>
    public void Join(int attempt, WifiNetwork? network)
    {
        using IDisposable flow = BeginAttempt("join", attempt);
        _network!.Join(attempt, network);
    }

    /// <inheritdoc/>
    public void Leave() => _network!.Leave();

    /// <inheritdoc/>
    public void Restart() => _network!.Restart();

    /// <inheritdoc/>
    public bool Forget() => _network!.Forget();

    /// <inheritdoc/>
    public bool Subscribe(string[] topics) => _link!.Subscribe(topics);

    /// <inheritdoc/>
    public void Unsubscribe(string topic) => _link!.Unsubscribe(topic);

    /// <inheritdoc/>
    public int Publish(string topic, byte[] payload, int qos, bool retain)
    {
        string type = TypeOf(topic);

        if (type == Get)
        {
            _block.Begin();
        }

        // First: the acknowledgement may come before this thread goes on.
        Interlocked.Add(ref _unacknowledged, qos > 0 ? 1 : 0);
        int id = type == Telemetry
            ? _host.SendTelemetry(payload, () => _link!.Publish(topic, payload, qos, retain))
            : _link!.Publish(topic, payload, qos, retain);
        if (id == 0 && qos > 0)
        {
            Interlocked.Decrement(ref _unacknowledged);
        }

        if (id != 0 && !Unreported.Contains(type))
        {
            _host.Saw(type, topic, payload);
        }

        return id;
    }

    /// <inheritdoc/>
    public void Close(bool clean)
    {
        // The port closes on a worker: a connection that is still open must not go on sending meanwhile, and the firmware
        // must have the end in its inbox before virtual time may move.
        if (_up == _connects && _closed != _connects && _chip.Runs(_boot))
        {
            Interlocked.Exchange(ref _closing, _chip.Time.Begin("the end of the connection", _chip.Number))?.End();
        }

        _closed = _connects;
        _block.End();
        _chip.Connections.HoldUntilClosed();
        _link!.Close(clean);
    }

    /// <inheritdoc/>
    public bool Admit(int attempt, int bytes)
    {
        lock (_gate)
        {
            _asking = (attempt, bytes);
            Look();
        }

        bool isAdmitted = _inbox.Admit(attempt, bytes);
        lock (_gate)
        {
            if (_asking.Attempt == attempt)
            {
                _asking = default;
                Look();
            }
        }

        return isAdmitted;
    }

    /// <inheritdoc/>
    public void Post(LinkEvent signal)
    {
        _chip.Time.HandOver(HandOverPlace.Post);
        _up = signal.Kind == LinkEventKind.LinkUp ? signal.Attempt : _up;

        // Reported to the host first: the firmware may answer before this thread goes on.
        string type = signal.Kind == LinkEventKind.Message ? TypeOf(signal.Topic) : Ping;

        // Its own telemetry comes back when the device checks that it arrives.
        if (type != Telemetry && !Unreported.Contains(type))
        {
            _host.Saw(type == Offer ? type : type == Status ? "peer" : "request", signal.Topic, signal.Payload);
        }

        if (signal.Kind == LinkEventKind.Acknowledged)
        {
            _host.Acknowledged(signal.MessageId);
            Interlocked.Decrement(ref _unacknowledged);
        }

        _chip.Time.HandOver(HandOverPlace.Deliver);
        Deliver(signal);
        if (signal.Kind == LinkEventKind.Closed && signal.Attempt == _closed)
        {
            Interlocked.Exchange(ref _closing, null)?.End();
        }

        if (type == Block || signal.Kind == LinkEventKind.LinkDown)
        {
            _block.End();
        }

        if (signal.Kind is LinkEventKind.Joined or LinkEventKind.JoinFailed or LinkEventKind.LinkUp or LinkEventKind.LinkDown)
        {
            // Only now: the firmware must see the event before virtual time may move.
            EndAttempt(signal);
        }
    }

    /// <summary>
    /// Within a step the device sees nothing new in virtual time: how fast the host answers must not decide what one
    /// step still takes up.
    /// </summary>
    internal void BeginStep()
    {
        lock (_gate)
        {
            _isStepping = _chip.Time is VirtualTime;
        }
    }

    /// <summary>The step is over: it sees what has come meanwhile.</summary>
    internal void EndStep()
    {
        lock (_gate)
        {
            _isStepping = false;
            while (_held.TryDequeue(out LinkEvent? signal))
            {
                _inbox.Post(signal);
            }

            Look();
        }
    }

    // A message that waits for room waits for the firmware, which may wait for virtual time: what is behind it must not
    // hold it, but does so again once the firmware has made room.
    private void Look()
    {
        (int attempt, int bytes) = _asking;
        if (_chip.Runs(_boot))
        {
            _chip.Answers.Pause(attempt != 0 && _inbox.Judge(attempt, bytes) > 0);
        }
    }

    private void Deliver(LinkEvent signal)
    {
        lock (_gate)
        {
            if (_isStepping)
            {
                _held.Enqueue(signal);
            }
            else
            {
                _inbox.Post(signal);
            }
        }
    }

    private static string TypeOf(string topic)
    {
        if (topic.Contains("/response/", StringComparison.Ordinal))
        {
            return "response";
        }

        string[] levels = topic.Split('/');
        return levels switch
        {
            [.., "update", "get"] => Get,
            [.., "update", "block", _, _] => Block,
            [.., "update", _, "manifest"] => Offer,
            _ => levels[^1],
        };
    }

    // The workers of a boot that is over say nothing more.
    private void OnPoweredOff(object? sender, EventArgs e)
    {
        _chip.PoweredOff -= OnPoweredOff;
        lock (_gate)
        {
            _chip.Answers.Pause(false);
        }

        _block.End();
        Interlocked.Exchange(ref _closing, null)?.End();
        foreach (int attempt in _attempts.Keys)
        {
            if (_attempts.TryRemove(attempt, out WorldHold? hold))
            {
                hold.End();
            }
        }
    }

    // The worker that the port starts inherits the hold.
    private IDisposable BeginAttempt(string what, int attempt)
    {
        WorldHold hold = _chip.Time.Begin(what, _chip.Number);
        _attempts[attempt] = hold;
        if (!_chip.Runs(_boot))
        {
            // A firmware that swallowed the end of its boot runs on to the end of its step.
            hold.End();
        }

        return hold.Enter();
    }

    // Until its worker has ended the port keeps back what comes through the new link: an answer that is kept back holds no
    // time, and would be seen a due moment late.
    private static void EndWithWorker(WorldHold hold)
    {
        Thread worker = Thread.CurrentThread;
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() =>
            {
                worker.Join();
                hold.End();
            });
        }
    }

    private void EndAttempt(LinkEvent signal)
    {
        if (signal.Kind == LinkEventKind.LinkUp && signal.Attempt <= _closed)
        {
            // Nobody wants it any more: the worker that opened it goes on to close it.
            _chip.Connections.HoldUntilClosed();
        }

        if (_attempts.TryRemove(signal.Attempt, out WorldHold? hold))
        {
            if (signal.Kind == LinkEventKind.LinkUp && _chip.Time is VirtualTime)
            {
                EndWithWorker(hold);
            }
            else
            {
                hold.End();
            }

            return;
        }

        // The port gives a join that ends late the number of the last one that it refused meanwhile.
        foreach (int earlier in _attempts.Keys.Where(number => number < signal.Attempt))
        {
            if (_attempts.TryRemove(earlier, out WorldHold? late))
            {
                late.End();
            }
        }
    }
}
