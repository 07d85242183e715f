namespace Boards.NativeSim.World;

/// <summary>
/// The pins of a chip: which level each is driven to, and how that came about; and what is wired to them, a button or the
/// alarm of a sensor. A pin that nothing drives reads low.
/// </summary>
/// <remarks>ESP32 Series Datasheet section 2.2: GPIO 20, 24 and 28 to 31 are not there, 34 to 39 are inputs.</remarks>
public sealed class SimulatedPins
{
    /// <summary>Pins that the chip counts, whether they are there or not.</summary>
    public const int Count = 40;

    private const int FirstInputOnly = 34;

    /// <summary>Channels of one of the two halves of the PWM controller, with four timers each.</summary>
    private const int ChannelsOfHalf = 8;
    private const int TimersOfHalf = 4;

    /// <summary>Changes that are kept; older ones go.</summary>
    private const int MaxHistory = 1000;

    private readonly object _gate = new();
    private readonly SimulatedChip _chip;
    private readonly bool?[] _levels = new bool?[Count];
    private readonly double?[] _percents = new double?[Count];
    private readonly bool?[] _wired = new bool?[Count];
    private readonly PinPulses?[] _pulses = new PinPulses?[Count];
    private readonly Queue<PinChange> _history = new();

    internal SimulatedPins(SimulatedChip chip)
    {
        _chip = chip;
        chip.PoweredOff += (_, _) => ReleaseAll();
    }

    /// <summary>Raised for each change, on the thread that makes it.</summary>
    public event EventHandler<PinChange>? Changed;

    /// <summary>Raised for each level that comes from outside, on the thread that makes it.</summary>
    public event EventHandler<PinWake>? Wired;

    /// <summary>The last changes, the oldest first.</summary>
    public IReadOnlyList<PinChange> History
    {
        get
        {
            lock (_gate)
            {
                return [.. _history];
            }
        }
    }

    /// <summary>Whether the chip has such a pin.</summary>
    /// <param name="pin">GPIO number, any integer.</param>
    /// <returns>False for numbers that the chip leaves out.</returns>
    public static bool Exists(int pin) => pin is >= 0 and < Count and not (20 or 24 or >= 28 and <= 31);

    /// <summary>Whether the chip can drive a pin.</summary>
    /// <param name="pin">GPIO number, any integer.</param>
    /// <returns>False for inputs and for what is not there.</returns>
    public static bool IsOutput(int pin) => Exists(pin) && pin < FirstInputOnly;

    /// <summary>Whether a level at a pin can end a deep sleep: those that the RTC controller has.</summary>
    /// <param name="pin">GPIO number, any integer.</param>
    /// <returns>False for the others.</returns>
    public static bool CanWake(int pin) => pin is 0 or 2 or 4 or (>= 12 and <= 15) or (>= 25 and <= 27) or (>= 32 and <= 39);

    /// <summary>Something outside holds a pin at a level.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="isHigh">The level; null when nothing does any more.</param>
    public void Wire(int pin, bool? isHigh)
    {
        lock (_gate)
        {
            _wired[pin] = isHigh;
        }

        if (isHigh is { } level)
        {
            Wired?.Invoke(_chip, new PinWake(pin, level));
        }
    }

    /// <summary>Whether something outside holds a pin at a level.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="isHigh">The level.</param>
    /// <returns>False when it is at the other one, or nothing holds it.</returns>
    public bool IsWired(int pin, bool isHigh)
    {
        lock (_gate)
        {
            return _wired[pin] == isHigh;
        }
    }

    /// <summary>What reading a pin gives: the level that it is driven to, or that comes from outside.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <returns>Low when neither is there.</returns>
    public bool Read(int pin)
    {
        lock (_gate)
        {
            return Exists(pin) && (_levels[pin] ?? _wired[pin] ?? false);
        }
    }

    /// <summary>Whether nothing holds a pin at a level: then a resistor of the chip's does.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <returns>False when it is driven, or something outside holds it.</returns>
    public bool IsFloating(int pin)
    {
        lock (_gate)
        {
            return Exists(pin) && (_levels[pin] ?? _wired[pin]) is null;
        }
    }

    /// <summary>The level that a pin is driven to.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <returns>Null when nothing drives it: as an input, closed, or without power. High for any pulses.</returns>
    public bool? LevelOf(int pin)
    {
        lock (_gate)
        {
            return Exists(pin) ? _levels[pin] : null;
        }
    }

    /// <summary>Drives a pin.</summary>
    /// <param name="pin">GPIO number of an output.</param>
    /// <param name="isHigh">The level.</param>
    public void Drive(int pin, bool isHigh)
    {
        // The pulses have the pin.
        if (PulsesOf(pin) is null)
        {
            Set(pin, isHigh);
        }
    }

    /// <summary>The pulses at a pin.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <returns>Null without pulse width modulation.</returns>
    public PinPulses? PulsesOf(int pin)
    {
        lock (_gate)
        {
            return Exists(pin) && _pulses[pin] is { Frequency: > 0 } pulses ? pulses : null;
        }
    }

    /// <summary>Takes a channel of the PWM controller for a pin; it drives the pin with its first start.</summary>
    /// <param name="pin">GPIO number of an output.</param>
    /// <param name="timer">0 to 7.</param>
    /// <returns>False when all channels that belong to the timer are in use.</returns>
    public bool TakePulses(int pin, int timer)
    {
        lock (_gate)
        {
            int taken = _pulses.Count(pulses => pulses is { } other && other.Timer / TimersOfHalf == timer / TimersOfHalf);
            if (_pulses[pin] is null && taken == ChannelsOfHalf)
            {
                return false;
            }

            _pulses[pin] = new PinPulses(timer, 0, 0);
            return true;
        }
    }

    /// <summary>Gives the channel of a pin back; the pin keeps what it is driven to.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="timer">0 to 7.</param>
    public void LeavePulses(int pin, int timer)
    {
        lock (_gate)
        {
            _pulses[pin] = _pulses[pin]?.Timer == timer ? null : _pulses[pin];
        }
    }

    /// <summary>Drives a pin with pulses.</summary>
    /// <param name="pin">GPIO number of an output that has a channel.</param>
    /// <param name="frequency">Of the timer, and so of all its pins; null to leave it.</param>
    /// <param name="duty">In hundredths of a percent.</param>
    public void Pulse(int pin, int? frequency, int duty)
    {
        lock (_gate)
        {
            if (_pulses[pin] is not { } own)
            {
                return;
            }

            _pulses[pin] = own with { Duty = duty };
            for (int i = 0; frequency is { } hertz && i < Count; i++)
            {
                _pulses[i] = _pulses[i] is { } other && other.Timer == own.Timer && (i == pin || other.Frequency > 0) ? other with { Frequency = hertz } : _pulses[i];
            }
        }

        Set(pin, duty > 0, duty / 100.0);
    }

    /// <summary>Lets go of a pin.</summary>
    /// <param name="pin">GPIO number.</param>
    public void Release(int pin) => Set(pin, null);

    private void ReleaseAll()
    {
        lock (_gate)
        {
            Array.Clear(_pulses);
        }

        for (int pin = 0; pin < Count; pin++)
        {
            Set(pin, null);
        }
    }

    private void Set(int pin, bool? level, double? percent = null)
    {
        var change = new PinChange(_chip.NowMs, pin, level, percent);
        lock (_gate)
        {
            if (_levels[pin] == level && _percents[pin] == percent)
            {
                return;
            }

            _levels[pin] = level;
            _percents[pin] = percent;
            _history.Enqueue(change);
            if (_history.Count > MaxHistory)
            {
                _history.Dequeue();
            }
        }

        Changed?.Invoke(_chip, change);
    }
}
