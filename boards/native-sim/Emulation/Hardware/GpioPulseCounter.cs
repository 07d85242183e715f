using Boards.NativeSim.World;

namespace System.Device.Gpio;

/// <summary>
/// A counter of the chip that was current when it was created. As on an ESP32 there are eight, they do not count in deep
/// sleep, and a reading in the moment of an overflow lacks what the overflow adds.
/// </summary>
public sealed class GpioPulseCounter : IDisposable
{
    private const int Units = 8;
    private const long Limit = 32767;

    private readonly SimulatedChip _chip;
    private readonly int _boot;
    private readonly int _pin;
    private long _count;
    private long _overflows;
    private bool _isHigh;

    public GpioPulseCounter(int pinNumberA, int pinNumberB = -1)
    {
        _chip = SimulatedChip.Current;
        _boot = _chip.Boot;
        _pin = pinNumberA;
        Taken taken = _chip.PackageState(() => new Taken());
        if (!SimulatedPins.Exists(pinNumberA) || pinNumberB >= 0 || taken.Count == Units)
        {
            throw new InvalidOperationException();
        }

        taken.Count++;
    }

    public bool IsStarted { get; private set; }

    public GpioPulsePolarity Polarity { get; set; }

    public ushort FilterPulses { get; set; }

    public GpioPulseCount Read()
    {
        Require();
        long count = Interlocked.Read(ref _count);
        bool isMoment = count / Limit != _overflows;
        _overflows = count / Limit;
        return new GpioPulseCount { Count = isMoment ? count - Limit : count, RelativeTime = TimeSpan.FromMilliseconds(_chip.NowMs) };
    }

    public GpioPulseCount Reset()
    {
        GpioPulseCount count = Read();
        Interlocked.Exchange(ref _count, 0);
        _overflows = 0;
        return count;
    }

    public void Start()
    {
        Require();
        Interlocked.Exchange(ref _count, 0);
        _overflows = 0;
        _isHigh = _chip.Pins.Read(_pin);
        if (!IsStarted)
        {
            IsStarted = true;
            _chip.Pins.Wired += OnWired;
        }
    }

    public void Stop()
    {
        IsStarted = false;
        _chip.Pins.Wired -= OnWired;
    }

    public void Dispose() => Stop();

    private void OnWired(object? sender, PinWake wire)
    {
        if (!_chip.Runs(_boot))
        {
            Stop();
            return;
        }

        if (wire.Pin == _pin && wire.IsHigh != _isHigh)
        {
            _isHigh = wire.IsHigh;
            if (Polarity == GpioPulsePolarity.Both || (Polarity == GpioPulsePolarity.Rising) == _isHigh)
            {
                Interlocked.Increment(ref _count);
            }
        }
    }

    private void Require()
    {
        if (!_chip.Runs(_boot))
        {
            throw new PowerCutException();
        }
    }

    private sealed class Taken
    {
        public int Count { get; set; }
    }
}

public enum GpioPulsePolarity
{
    Both = 0,
    Falling = 1,
    Rising = 2,
}

public struct GpioPulseCount
{
    public long Count;

    public TimeSpan RelativeTime;
}
