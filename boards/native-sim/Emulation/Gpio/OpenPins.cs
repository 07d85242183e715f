using System.Collections.Concurrent;

namespace System.Device.Gpio;

/// <summary>The pins that are open in one boot of a chip: the device has one table for all controllers.</summary>
internal sealed class OpenPins
{
    private readonly ConcurrentDictionary<int, GpioPin> _pins = new();

    public GpioPin? Find(int pinNumber) => _pins.GetValueOrDefault(pinNumber);

    public bool TryAdd(GpioPin pin) => _pins.TryAdd(pin.PinNumber, pin);

    public void Remove(int pinNumber) => _pins.TryRemove(pinNumber, out _);

    public void Close()
    {
        foreach (GpioPin pin in _pins.Values)
        {
            pin.Dispose();
        }
    }
}
