using System.Globalization;

namespace Boards.NativeSim.World;

/// <summary>The Wi-Fi of a chip: what is in range, joining and losing it, and whether broker and time server can be reached.</summary>
public sealed class SimulatedRadio
{
    private const int PollMs = 250;
    private const string AnySsid = "any";

    private readonly SimulatedChip _chip;
    private readonly Random _random;
    private readonly object _gate = new();
    private readonly AirSpace _air = new();
    private AccessPoint? _joined;
    private AccessPoint? _stored;
    private bool _rejoins;
    private long? _rejoinAtMs;
    private bool _brokerReachable = true;

    internal SimulatedRadio(SimulatedChip chip)
    {
        _chip = chip;
        _random = new Random(chip.Seed ^ 0x5A5A);
        SoftAccessPoint = new SimulatedAccessPoint(chip);
    }

    /// <summary>The link was lost or left.</summary>
    public event EventHandler? LinkDropped;

    /// <summary>The link is up, with an address.</summary>
    public event EventHandler? LinkJoined;

    /// <summary><see cref="BrokerReachable"/> has changed.</summary>
    public event EventHandler? BrokerReachableChanged;

    /// <summary>The chip's own access point.</summary>
    public SimulatedAccessPoint SoftAccessPoint { get; }

    /// <summary>Any ssid and password is accepted, so that a device without settings joins too. True at first.</summary>
    public bool AcceptsAny
    {
        get => _air.AcceptsAny;
        set => _air.AcceptsAny = value;
    }

    /// <summary>Joining takes no time, for tests.</summary>
    public bool InstantJoin { get; set; }

    /// <summary>Mean time to join, association to address, in milliseconds.</summary>
    public int JoinMeanMs { get; set; } = 2_500;

    /// <summary>How far a join may deviate from the mean, in milliseconds either way.</summary>
    public int JoinSpreadMs { get; set; } = 800;

    /// <summary>When an attempt to join gives up, in milliseconds of the chip's time.</summary>
    public int JoinTimeoutMs { get; set; } = 15_000;

    /// <summary>Added to each answer of the broker, in milliseconds: a slow network.</summary>
    public int LatencyMs { get; set; }

    /// <summary>Whether a time server can be reached.</summary>
    public bool TimeServerReachable { get; set; } = true;

    /// <summary>The chip joins by itself after a boot when it has stored a network to rejoin. False at first.</summary>
    public bool JoinsAtBoot { get; set; }

    /// <summary>Whether any access point is in range. Turned off, the link drops; turned on, a stored network is rejoined.</summary>
    public bool InRange
    {
        get => _air.InRange;
        set
        {
            bool dropped;
            lock (_gate)
            {
                _air.InRange = value;
                dropped = !value && _joined is not null;
                _joined = value ? _joined : null;
                _rejoinAtMs = value && _joined is null && _rejoins ? _chip.NowMs + NextJoinMs() : null;
            }

            if (dropped)
            {
                Feel(ChipActivity.Cpu);
                LinkDropped?.Invoke(this, EventArgs.Empty);
            }
        }
    }

    /// <summary>Whether the broker can be reached while joined. Turned off, connections to it break.</summary>
    public bool BrokerReachable
    {
        get
        {
            lock (_gate)
            {
                return _brokerReachable;
            }
        }

        set
        {
            lock (_gate)
            {
                if (_brokerReachable == value)
                {
                    return;
                }

                _brokerReachable = value;
            }

            BrokerReachableChanged?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Whether the link is up, with an address.</summary>
    public bool IsJoined => Joined is not null;

    /// <summary>Name of the network; empty when not joined.</summary>
    public string Ssid => Joined?.Ssid ?? string.Empty;

    /// <summary>10.0.x.y from the device number; 0.0.0.0 when not joined.</summary>
    public string IPv4Address => IsJoined
        ? string.Create(CultureInfo.InvariantCulture, $"10.0.{(_chip.Number >> 8) & 255}.{_chip.Number & 255}")
        : "0.0.0.0";

    /// <summary>Strength of the joined access point in dBm, with a little variation over time; 0 when not joined.</summary>
    public int RssiDbm => Joined is { } ap ? RssiOf(ap) : 0;

    /// <summary>The network that was stored last; survives without power. Null for none.</summary>
    public AccessPoint? Stored
    {
        get
        {
            lock (_gate)
            {
                return _stored;
            }
        }
    }

    private AccessPoint? Joined
    {
        get
        {
            Rejoin();
            lock (_gate)
            {
                return _joined;
            }
        }
    }

    /// <summary>Adds an access point. From then on only known ones can be joined.</summary>
    /// <param name="accessPoint">The access point.</param>
    public void Add(AccessPoint accessPoint)
    {
        ArgumentNullException.ThrowIfNull(accessPoint);
        _air.Add(accessPoint);
        _air.AcceptsAny = false;
    }

    /// <summary>What a scan finds now, with the present signal strength.</summary>
    /// <returns>The access points in range, the joined one among them.</returns>
    public IReadOnlyList<AccessPoint> Scan()
    {
        List<AccessPoint> visible = _air.Visible();
        if (Joined is { } joined && !visible.Exists(ap => ap.Ssid == joined.Ssid))
        {
            visible.Add(joined);
        }

        return visible.ConvertAll(ap => ap with { RssiDbm = RssiOf(ap) });
    }

    /// <summary>Joins a network; takes the chip's time, blocking a worker. Leaves any other network first.</summary>
    /// <param name="ssid">Its name.</param>
    /// <param name="password">Its password.</param>
    /// <param name="rejoins">Whether the link is rejoined by itself after a loss.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How it ended.</returns>
    public JoinOutcome Join(string ssid, string? password, bool rejoins = true, CancellationToken cancellation = default)
    {
        Leave();
        var wanted = new AccessPoint(ssid, password ?? string.Empty);
        lock (_gate)
        {
            _stored = wanted;
            _rejoins = rejoins;
        }

        Feel(ChipActivity.Joining);
        JoinOutcome outcome = Seek(wanted, cancellation);
        if (outcome is not (JoinOutcome.Joined or JoinOutcome.Cancelled))
        {
            Feel(ChipActivity.Cpu);
        }

        return outcome;
    }

    private JoinOutcome Seek(AccessPoint wanted, CancellationToken cancellation)
    {
        int boot = _chip.Boot;
        long beganMs = _chip.NowMs;
        long readyAtMs = beganMs + NextJoinMs();
        while (true)
        {
            if (cancellation.IsCancellationRequested || !_chip.Runs(boot))
            {
                return JoinOutcome.Cancelled;
            }

            long nowMs = _chip.NowMs;
            JoinOutcome outcome = _air.Seek(wanted, out AccessPoint found);
            if (outcome == JoinOutcome.Joined && nowMs >= readyAtMs && TryTake(found))
            {
                return outcome;
            }

            if (outcome != JoinOutcome.Joined && nowMs - beganMs >= JoinTimeoutMs)
            {
                return outcome;
            }

            long untilMs = outcome == JoinOutcome.Joined ? readyAtMs : beganMs + JoinTimeoutMs;
            _chip.Sleep((int)Math.Clamp(untilMs - nowMs, 1, PollMs));
        }
    }

    /// <summary>Leaves the network; it is not rejoined until asked for.</summary>
    public void Leave()
    {
        bool dropped;
        lock (_gate)
        {
            dropped = _joined is not null;
            _joined = null;
            _rejoinAtMs = null;
        }

        Feel(ChipActivity.Cpu);
        if (dropped)
        {
            LinkDropped?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Stores a network in the chip, as a flashing tool does: from now on it is joined after each boot.</summary>
    /// <param name="accessPoint">The network; it is put in range.</param>
    public void Store(AccessPoint accessPoint)
    {
        ArgumentNullException.ThrowIfNull(accessPoint);
        _air.Add(accessPoint);
        JoinsAtBoot = true;
        lock (_gate)
        {
            _stored = accessPoint;
            Expect();
        }
    }

    /// <summary>Keeps a network as the stored one, without joining it.</summary>
    /// <param name="accessPoint">Its name and password.</param>
    public void Keep(AccessPoint accessPoint)
    {
        ArgumentNullException.ThrowIfNull(accessPoint);
        lock (_gate)
        {
            _stored = accessPoint;
        }
    }

    /// <summary>
    /// Waits for the platform to join the stored network by itself; takes the chip's time, blocking a worker. Without a
    /// stored network any will do, if any is accepted.
    /// </summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False after <see cref="JoinTimeoutMs"/>, or when given up.</returns>
    public bool WaitJoined(CancellationToken cancellation = default)
    {
        int boot = _chip.Boot;
        long beganMs = _chip.NowMs;
        lock (_gate)
        {
            _stored ??= AcceptsAny ? new AccessPoint(AnySsid) : null;
            if (_stored is not null && _joined is null && _rejoinAtMs is null)
            {
                Expect();
            }
        }

        while (!IsJoined)
        {
            long leftMs = beganMs + JoinTimeoutMs - _chip.NowMs;
            if (cancellation.IsCancellationRequested || leftMs <= 0 || !_chip.Runs(boot))
            {
                return false;
            }

            _chip.Sleep((int)Math.Min(leftMs, PollMs));
        }

        return true;
    }

    internal void PowerOn()
    {
        SoftAccessPoint.PowerOn();
        lock (_gate)
        {
            // The network to rejoin is RAM state: the previous boot's is forgotten.
            _rejoins = false;
            _rejoinAtMs = null;
            if (JoinsAtBoot && _stored is not null)
            {
                Expect();
            }
        }
    }

    private void Feel(ChipActivity activity) => _chip.Meter.EnterRadio(activity, _chip.NowMs);

    private void Expect()
    {
        _rejoins = true;
        _rejoinAtMs = _chip.NowMs + NextJoinMs();
        Feel(ChipActivity.Joining);
    }

    // Rejoining takes effect when someone looks: no timer is needed, and nobody can tell.
    private void Rejoin()
    {
        AccessPoint found;
        lock (_gate)
        {
            if (_rejoinAtMs is not { } atMs || _chip.NowMs < atMs)
            {
                return;
            }

            _rejoinAtMs = null;
            if (_stored is null || _air.Seek(_stored, out found) != JoinOutcome.Joined)
            {
                Feel(ChipActivity.Cpu);
                return;
            }
        }

        TryTake(found);
    }

    private bool TryTake(AccessPoint accessPoint)
    {
        lock (_gate)
        {
            if (!_air.InRange)
            {
                return false;
            }

            _joined = accessPoint;
            _rejoinAtMs = null;
            Feel(ChipActivity.Joined);
        }

        LinkJoined?.Invoke(this, EventArgs.Empty);
        return true;
    }

    private int RssiOf(AccessPoint accessPoint) =>
        accessPoint.RssiDbm + (int)Math.Round(3 * SeededNoise.Signed(_chip.Seed, 200, _chip.NowMs / 10_000));

    private int NextJoinMs()
    {
        lock (_gate)
        {
            return InstantJoin ? 0 : Math.Max(0, JoinMeanMs + _random.Next(-JoinSpreadMs, JoinSpreadMs + 1));
        }
    }
}
