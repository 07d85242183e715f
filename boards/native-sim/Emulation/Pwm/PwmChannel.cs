using Boards.NativeSim.World;
using nanoFramework.Hardware.Esp32;

namespace System.Device.Pwm;

/// <summary>
/// A channel of the LED PWM controller of the chip that was current when it was made. As on a device: it takes no notice of
/// what else uses the pin; a duty of 0 stands for "not started", so what follows it is only remembered until the next start;
/// two channels share a timer, whose frequency is that of the last start.
/// </summary>
public sealed class PwmChannel : IDisposable
{
    private const int Timers = 8;
    private const int DutyFactor = 10000;
    private const int ClockHz = 80_000_000;

    private static readonly DeviceFunction[] Functions =
    [
        DeviceFunction.PWM1, DeviceFunction.PWM2, DeviceFunction.PWM3, DeviceFunction.PWM4, DeviceFunction.PWM5, DeviceFunction.PWM6,
        DeviceFunction.PWM7, DeviceFunction.PWM8, DeviceFunction.PWM9, DeviceFunction.PWM10, DeviceFunction.PWM11, DeviceFunction.PWM12,
        DeviceFunction.PWM13, DeviceFunction.PWM14, DeviceFunction.PWM15, DeviceFunction.PWM16,
    ];

    private readonly SimulatedChip _chip;
    private readonly int _boot;
    private readonly int _timer;
    private readonly int _pin;
    private int _duty;
    private bool _isStarted;
    private bool _disposed;

    public PwmChannel(int chip, int channel, int frequency = 400, double dutyCyclePercentage = 0.5)
    {
        _chip = SimulatedChip.Current;
        _boot = _chip.Boot;
        _timer = chip;
        _pin = channel;
        if (frequency < 0 || !IsDuty(dutyCyclePercentage))
        {
            throw new ArgumentOutOfRangeException(nameof(frequency));
        }

        Frequency = frequency;
        if (!SimulatedPins.IsOutput(channel) || !_chip.Pins.TakePulses(channel, chip))
        {
            throw new ArgumentException(null, nameof(channel));
        }

        _duty = (int)(dutyCyclePercentage * DutyFactor);
    }

    public int Frequency { get; set; }

    public double DutyCycle
    {
        get => _duty / (double)DutyFactor;
        set
        {
            Require();
            if (!IsDuty(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value));
            }

            bool isRemembered = _duty == 0;
            _duty = (int)(value * DutyFactor);
            if (_isStarted && !isRemembered)
            {
                _chip.Pins.Pulse(_pin, null, _duty);
            }
        }
    }

    public static PwmChannel Create(int chip, int channel, int frequency = 400, double dutyCyclePercentage = 0.5) =>
        new(chip, channel, frequency, dutyCyclePercentage);

    public static PwmChannel CreateFromPin(int pin, int frequency = 400, double dutyCyclePercentage = 0.5)
    {
        int function = Array.FindIndex(Functions, entry => global::nanoFramework.Hardware.Esp32.Configuration.GetFunctionPin(entry) == pin);
        return function < 0 ? null! : new PwmChannel(function / 2, pin, frequency, dutyCyclePercentage);
    }

    public void Start()
    {
        Require();
        if (Frequency is < 1 or > ClockHz / 2)
        {
            throw new ArgumentException(null, nameof(Frequency));
        }

        _isStarted = true;
        _chip.Pins.Pulse(_pin, Frequency, _duty);
    }

    public void Stop()
    {
        Require();
        _isStarted = false;
        _chip.Pins.Pulse(_pin, null, 0);
    }

    public void Dispose()
    {
        if (!_disposed && _chip.Runs(_boot))
        {
            _chip.Pins.LeavePulses(_pin, _timer);
        }

        _disposed = true;
    }

    private static bool IsDuty(double duty) => duty is >= 0 and <= 1;

    private void Require()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_chip.Runs(_boot))
        {
            throw new PowerCutException();
        }
    }
}
