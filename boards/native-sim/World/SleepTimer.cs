namespace Boards.NativeSim.World;

/// <summary>
/// The deep sleep of a chip. Its timer counts an oscillator that is not the crystal: what it takes for a second may be a
/// little more or less, and the chip's wall clock, which has nothing else meanwhile, believes it.
/// </summary>
public sealed class SleepTimer
{
    private readonly SimulatedChip _chip;
    private long _beganMs;
    private double _ppmOfSleep;
    private PinWake? _pin;

    internal SleepTimer(SimulatedChip chip)
    {
        _chip = chip;
        chip.Pins.Wired += OnWired;
    }

    /// <summary>A pin has ended the sleep. Raised on the thread that pulled it.</summary>
    public event EventHandler? WokenByPin;

    /// <summary>
    /// By how much a sleep is longer than asked for, in parts per million; negative when it is shorter. A change counts from
    /// the next sleep on.
    /// </summary>
    public double DriftPpm { get; set; }

    /// <summary>World milliseconds when the sleep ends; <see cref="long.MaxValue"/> when nothing is to end it.</summary>
    public long WakeAtMs { get; private set; } = long.MaxValue;

    /// <summary>What ends it.</summary>
    public WakeCause Cause { get; private set; } = WakeCause.Timer;

    // A pin that is at its level already ends the sleep at once.
    internal void Begin(TimeSpan? nominal, PinWake? pin)
    {
        _beganMs = _chip.NowMs;
        _ppmOfSleep = DriftPpm;
        _pin = pin;
        Cause = WakeCause.Timer;
        WakeAtMs = nominal is { } time ? _beganMs + (long)Math.Round(time.TotalMilliseconds * Rate) : long.MaxValue;
        if (pin is { } wake && _chip.Pins.IsWired(wake.Pin, wake.IsHigh))
        {
            Cause = WakeCause.Pin;
            WakeAtMs = _beganMs;
        }
    }

    /// <summary>The sleep is over.</summary>
    /// <returns>How much more time has passed than the chip believes, in milliseconds.</returns>
    internal double End()
    {
        long slept = Math.Min(WakeAtMs, _chip.NowMs) - _beganMs;
        Forget();
        return slept - (slept / Rate);
    }

    internal void Forget()
    {
        WakeAtMs = long.MaxValue;
        _pin = null;
    }

    private double Rate => 1 + (_ppmOfSleep / 1e6);

    private void OnWired(object? sender, PinWake change)
    {
        if (_chip.Stop != ChipStop.DeepSleep || change != _pin || Cause == WakeCause.Pin || _chip.NowMs >= WakeAtMs)
        {
            return;
        }

        Cause = WakeCause.Pin;
        WakeAtMs = _chip.NowMs;
        WokenByPin?.Invoke(this, EventArgs.Empty);
    }
}
