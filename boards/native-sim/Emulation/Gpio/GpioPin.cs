using Boards.NativeSim.World;

namespace System.Device.Gpio;

/// <summary>
/// A pin of the chip that was current when it was opened. As on a device, becoming an output drives it low first, and
/// writing to what is no output throws. An event comes on the thread that moves what is wired to it. Of edges within the time
/// of the debounce the first raises it; on a chip it is raised when the level has lasted.
/// </summary>
public sealed class GpioPin : IDisposable
{
    private readonly OpenPins _open;
    private readonly SimulatedChip _chip;
    private readonly int _boot;
    private PinMode _mode = PinMode.Input;
    private bool _isHigh;
    private bool _disposed;
    private bool _isListening;
    private bool _lastLevel;
    private long _lastEdgeMs = long.MinValue / 2;
    private PinValueChangedEventHandler? _changed;

    internal GpioPin(OpenPins open, SimulatedChip chip, int pinNumber)
    {
        _open = open;
        _chip = chip;
        _boot = chip.Boot;
        PinNumber = pinNumber;
    }

    public event PinValueChangedEventHandler? ValueChanged
    {
        add
        {
            _changed += value;
            if (!_isListening)
            {
                _isListening = true;
                _lastLevel = (bool)Read();
                _chip.Pins.Wired += OnWired;
                _chip.PoweredOff += OnPoweredOff;
            }
        }

        remove => _changed -= value;
    }

    public TimeSpan DebounceTimeout { get; set; }

    public int PinNumber { get; }

    private bool IsOutput => _mode >= PinMode.Output;

    internal static bool Supports(int pinNumber, PinMode mode) => mode <= PinMode.InputPullUp
        ? SimulatedPins.Exists(pinNumber)
        : mode <= PinMode.OutputOpenSourcePullDown && SimulatedPins.IsOutput(pinNumber);

    public PinMode GetPinMode()
    {
        Require();
        return _mode;
    }

    public bool IsPinModeSupported(PinMode pinMode)
    {
        Require();
        return Supports(PinNumber, pinMode);
    }

    public void SetPinMode(PinMode value)
    {
        Require();
        if (!Supports(PinNumber, value))
        {
            throw new ArgumentException(null, nameof(value));
        }

        _mode = value;
        _isHigh = false;
        Drive();
    }

    public PinValue Read()
    {
        Require();
        return _mode == PinMode.InputPullUp && _chip.Pins.IsFloating(PinNumber) ? PinValue.High : _chip.Pins.Read(PinNumber);
    }

    public void Write(PinValue value)
    {
        Require();
        if (!IsOutput)
        {
            throw new ArgumentException(null, nameof(value));
        }

        _isHigh = (bool)value;
        Drive();
        _changed?.Invoke(this, new PinValueChangedEventArgs(_isHigh ? PinEventTypes.Rising : PinEventTypes.Falling, PinNumber));
    }

    public void Toggle()
    {
        Require();
        if (IsOutput)
        {
            Write(!_isHigh);
        }
    }

    public void Dispose()
    {
        if (!_disposed && _chip.Runs(_boot))
        {
            _chip.Pins.Release(PinNumber);
            _open.Remove(PinNumber);
        }

        _disposed = true;
        StopListening();
    }

    // Of a program that has ended nothing is left.
    private void OnPoweredOff(object? sender, EventArgs e) => StopListening();

    private void StopListening()
    {
        _chip.Pins.Wired -= OnWired;
        _chip.PoweredOff -= OnPoweredOff;
    }

    private void OnWired(object? sender, PinWake wire)
    {
        if (_disposed || !_chip.Runs(_boot))
        {
            StopListening();
            return;
        }

        if (wire.Pin != PinNumber || IsOutput || wire.IsHigh == _lastLevel)
        {
            return;
        }

        _lastLevel = wire.IsHigh;
        long now = _chip.NowMs;
        bool isBounce = DebounceTimeout > TimeSpan.Zero && now - _lastEdgeMs < DebounceTimeout.TotalMilliseconds;
        _lastEdgeMs = now;
        if (!isBounce)
        {
            _changed?.Invoke(this, new PinValueChangedEventArgs(wire.IsHigh ? PinEventTypes.Rising : PinEventTypes.Falling, PinNumber));
        }
    }

    // An open drain drives low alone; on this chip an open source is one too.
    private void Drive()
    {
        if (!IsOutput || (_mode != PinMode.Output && _isHigh))
        {
            _chip.Pins.Release(PinNumber);
        }
        else
        {
            _chip.Pins.Drive(PinNumber, _isHigh);
        }
    }

    private void Require()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_chip.Runs(_boot))
        {
            throw new PowerCutException();
        }
    }
}
