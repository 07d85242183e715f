namespace Boards.NativeSim.World;

/// <summary>
/// Measures at the battery what a board draws, as a laboratory would: it knows what the chip does and nothing of what the
/// firmware believes. All in whole numbers, so that the order of threads changes nothing.
/// </summary>
public sealed class PowerMeter
{
    private const double NanocoulombPerMah = 3.6e9;

    /// <summary>Preamble, backoff and acknowledgement of a frame, about.</summary>
    private const long FrameUs = 400;

    /// <summary>IP, TCP and 802.11 headers, and 6 Mbit/s.</summary>
    private const int HeaderBytes = 90;
    private const double UsPerByte = 8.0 / 6;

    private static readonly ChipActivity[] s_activities = Enum.GetValues<ChipActivity>();

    private readonly object _gate = new();
    private readonly long[] _ms = new long[s_activities.Length];
    private readonly SimulatedChip _chip;
    private ChipActivity _activity = ChipActivity.Cpu;
    private long _sinceMs;
    private long _sendingUs;
    private bool _isRadioNew;

    internal PowerMeter(SimulatedChip chip)
    {
        _chip = chip;
        _sinceMs = chip.NowMs;
    }

    /// <summary>What the board draws; set it before the chip runs.</summary>
    public BoardCurrents Currents { get; set; } = new();

    /// <summary>What the chip is at.</summary>
    public ChipActivity Activity
    {
        get
        {
            lock (_gate)
            {
                return _activity;
            }
        }
    }

    /// <summary>How often a deep sleep has ended.</summary>
    public long Wakes { get; private set; }

    /// <summary>In how many of those wakes the radio was turned on.</summary>
    public long RadioWakes { get; private set; }

    /// <summary>How long the chip was neither asleep nor off, up to now, in milliseconds.</summary>
    public long AwakeMs => TimeIn(ChipActivity.Boot) + TimeIn(ChipActivity.Cpu) + TimeIn(ChipActivity.Joining) + TimeIn(ChipActivity.Joined);

    /// <summary>Charge drawn up to now, in mAh.</summary>
    public double ChargeMah
    {
        get
        {
            double nanocoulomb = 0;
            foreach (ChipActivity activity in s_activities)
            {
                nanocoulomb += (double)TimeIn(activity) * Currents.Of(activity);
            }

            lock (_gate)
            {
                return (nanocoulomb + (_sendingUs * (Currents.Transmitting - Currents.Joined) / 1e3)) / NanocoulombPerMah;
            }
        }
    }

    /// <summary>How long the chip was at something, up to now.</summary>
    /// <param name="activity">What.</param>
    /// <returns>Milliseconds of the world.</returns>
    public long TimeIn(ChipActivity activity)
    {
        lock (_gate)
        {
            return _ms[(int)activity] + (_activity == activity ? Math.Max(0, _chip.NowMs - _sinceMs) : 0);
        }
    }

    /// <summary>A packet goes out.</summary>
    /// <param name="bytes">Its length, without the headers under it.</param>
    public void Sent(int bytes)
    {
        lock (_gate)
        {
            _sendingUs += FrameUs + (long)((bytes + HeaderBytes) * UsPerByte);
        }
    }

    /// <summary>The chip is at something else from a moment on. A moment before the last change counts as that one.</summary>
    internal void Enter(ChipActivity activity, long atMs)
    {
        lock (_gate)
        {
            long nowMs = Math.Max(atMs, _sinceMs);
            _ms[(int)_activity] += nowMs - _sinceMs;
            _sinceMs = nowMs;
            _activity = activity;
            if (_isRadioNew && activity is (ChipActivity.Joining or ChipActivity.Joined))
            {
                RadioWakes++;
            }

            _isRadioNew &= activity is not (ChipActivity.Joining or ChipActivity.Joined or ChipActivity.Off);
        }
    }

    /// <summary>The radio of a chip that runs is at something else.</summary>
    internal void EnterRadio(ChipActivity activity, long atMs)
    {
        lock (_gate)
        {
            if (_activity is ChipActivity.Cpu or ChipActivity.Joining or ChipActivity.Joined)
            {
                Enter(activity, atMs);
            }
        }
    }

    internal void Woke(long atMs)
    {
        lock (_gate)
        {
            Enter(ChipActivity.Boot, atMs);
            Wakes++;
            _isRadioNew = true;
        }
    }
}
