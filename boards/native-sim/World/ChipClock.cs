namespace Boards.NativeSim.World;

/// <summary>
/// The wall clock of a chip. Before it is set it starts at 1970-01-01 with the power; a time server sets it
/// while the radio is joined; deep sleep and restarts keep it, losing power does not.
/// </summary>
public sealed class ChipClock
{
    private const int AnswerMs = 150;
    private const int RetryMs = 15_000;
    private const int AgainMs = 3_600_000;
    private static readonly DateTime Unset = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly SimulatedChip _chip;
    private readonly object _gate = new();
    private DateTime _setTo = Unset;
    private long _setAtMs;
    private double _driftPpm;
    private bool _synchronized;
    private long? _askAtMs;
    private long _answeredAtMs = -1;

    internal ChipClock(SimulatedChip chip)
    {
        _chip = chip;
        _setAtMs = chip.NowMs;
    }

    /// <summary>How much too fast the clock runs, in parts per million; negative when slow.</summary>
    public double DriftPpm
    {
        get => _driftPpm;
        set
        {
            lock (_gate)
            {
                long nowMs = _chip.NowMs;
                _setTo = At(nowMs);
                _setAtMs = nowMs;
                _driftPpm = value;
            }
        }
    }

    /// <summary>Whether a time server (or <see cref="Set"/>) has set it since power came.</summary>
    public bool IsSynchronized
    {
        get
        {
            lock (_gate)
            {
                ListenToServer();
                return _synchronized;
            }
        }
    }

    /// <summary>When a time server last set it, in world milliseconds as the chip sees them; -1 for never.</summary>
    public long AnsweredAtMs
    {
        get
        {
            lock (_gate)
            {
                ListenToServer();
                return _answeredAtMs;
            }
        }
    }

    /// <summary>Whether it asks a time server.</summary>
    public bool AsksServer
    {
        get
        {
            lock (_gate)
            {
                return _askAtMs is not null;
            }
        }
    }

    /// <summary>What the clock shows as UTC.</summary>
    public DateTime UtcNow
    {
        get
        {
            lock (_gate)
            {
                ListenToServer();
                return At(_chip.NowMs);
            }
        }
    }

    /// <summary>Begins to ask a time server: once the radio is joined, and every hour from then on.</summary>
    public void StartAsking()
    {
        lock (_gate)
        {
            _askAtMs = _chip.NowMs + AnswerMs;
        }
    }

    /// <summary>Asks no more.</summary>
    public void StopAsking()
    {
        lock (_gate)
        {
            ListenToServer();
            _askAtMs = null;
        }
    }

    /// <summary>Sets it by hand.</summary>
    /// <param name="utc">UTC.</param>
    public void Set(DateTime utc)
    {
        lock (_gate)
        {
            Adjust(DateTime.SpecifyKind(utc, DateTimeKind.Utc), _chip.NowMs);
        }
    }

    /// <summary>In deep sleep it went by another oscillator: it is behind by so many milliseconds.</summary>
    internal void PutBack(double ms)
    {
        lock (_gate)
        {
            _setTo = _setTo.AddMilliseconds(-ms);
        }
    }

    internal void PowerOn(bool powerWasLost)
    {
        lock (_gate)
        {
            _askAtMs = null;
            if (powerWasLost)
            {
                _synchronized = false;
                _setTo = Unset;
                _setAtMs = _chip.NowMs;
            }
        }
    }

    // The answer takes effect when someone looks at the clock: no timer is needed, and nobody can tell.
    private void ListenToServer()
    {
        long nowMs = _chip.NowMs;
        if (_askAtMs is not { } askAtMs || nowMs < askAtMs)
        {
            return;
        }

        if (_chip.Radio.IsJoined && _chip.Radio.TimeServerReachable)
        {
            Adjust(_chip.Time.StartUtc.AddMilliseconds(nowMs), nowMs);
            _answeredAtMs = nowMs;
            _askAtMs = nowMs + AgainMs;
        }
        else
        {
            long missed = (nowMs - askAtMs) / RetryMs;
            _askAtMs = askAtMs + ((missed + 1) * RetryMs);
        }
    }

    private void Adjust(DateTime utc, long nowMs)
    {
        _setTo = utc;
        _setAtMs = nowMs;
        _synchronized = true;
    }

    private DateTime At(long nowMs) => _setTo.AddMilliseconds((nowMs - _setAtMs) * (1 + (_driftPpm / 1e6)));
}
