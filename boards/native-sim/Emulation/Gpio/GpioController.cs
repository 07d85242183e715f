using Boards.NativeSim.World;

namespace System.Device.Gpio;

public sealed class GpioController : IDisposable
{
    private readonly System.Collections.Generic.Dictionary<PinChangeEventHandler, PinValueChangedEventHandler> _callbacks = [];

    public GpioController()
        : this(PinNumberingScheme.Logical)
    {
    }

    public GpioController(PinNumberingScheme numberingScheme) => NumberingScheme = numberingScheme;

    public PinNumberingScheme NumberingScheme { get; }

    public int PinCount => SimulatedPins.Count;

    private static OpenPins Open => SimulatedChip.Current.PackageState(() => new OpenPins());

    public GpioPin OpenPin(int pinNumber)
    {
        var pin = new GpioPin(Open, SimulatedChip.Current, pinNumber);
        return SimulatedPins.Exists(pinNumber) && Open.TryAdd(pin) ? pin : throw new InvalidOperationException();
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        GpioPin pin = OpenPin(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }

    public void ClosePin(int pinNumber) => Find(pinNumber).Dispose();

    public void Dispose() => Open.Close();

    public PinMode GetPinMode(int pinNumber) => Find(pinNumber).GetPinMode();

    public bool IsPinModeSupported(int pinNumber, PinMode mode) => GpioPin.Supports(pinNumber, mode);

    public bool IsPinOpen(int pinNumber) => Open.Find(pinNumber) is not null;

    public PinValue Read(int pinNumber) => Find(pinNumber).Read();

    public void SetPinMode(int pinNumber, PinMode mode) => Find(pinNumber).SetPinMode(mode);

    public void Write(int pinNumber, PinValue value) => Find(pinNumber).Write(value);

    public void RegisterCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        PinValueChangedEventHandler handler = (_, e) =>
        {
            if ((e.ChangeType & eventTypes) != 0)
            {
                callback(this, e);
            }
        };
        Find(pinNumber).ValueChanged += handler;
        _callbacks[callback] = handler;
    }

    public void UnregisterCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        if (_callbacks.Remove(callback, out PinValueChangedEventHandler? handler))
        {
            Find(pinNumber).ValueChanged -= handler;
        }
    }

    private static GpioPin Find(int pinNumber) => Open.Find(pinNumber) ?? throw new InvalidOperationException();
}
