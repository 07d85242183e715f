using System;
using System.Device.Gpio;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>The chip's GPIO for contacts, meters and voltages, as the board's table has them.</summary>
    /// <remarks>
    /// A pin is opened once and stays open: the vendor's controller keeps each one that was opened in a list, 200 bytes a
    /// time. GPIO 34 to 39 of an ESP32 have no resistor.
    /// </remarks>
    public sealed class InputPins : IInputPins
    {
        private readonly PinTable _table;
        private readonly ILinkEventSink _sink;
        private GpioController _controller; // null before the first pin

        /// <summary>Creates the pins; touches none.</summary>
        /// <param name="table">What the pins of the board can serve.</param>
        /// <param name="sink">Gets a signal when a contact moves.</param>
        public InputPins(PinTable table, ILinkEventSink sink)
        {
            _table = table;
            _sink = sink;
        }

        /// <inheritdoc/>
        public IInputPin Open(int pin, int pull) => Open(pin, pull, _sink, PinEventTypes.Rising | PinEventTypes.Falling, 0);

        /// <inheritdoc/>
        public IInputPin OpenCounter(int pin, int pull, bool countsFalling, int debounceMs, bool needsLevel)
        {
            if (debounceMs == 0 && !needsLevel && _table.Refusal(pin, PinTable.Counter) == null)
            {
                try
                {
                    return new CounterInput(pin, countsFalling);
                }
                catch (Exception)
                {
                    // All counters are in use: then edges are counted.
                }
            }

            return Open(pin, pull, null, countsFalling ? PinEventTypes.Falling : PinEventTypes.Rising, debounceMs);
        }

        /// <inheritdoc/>
        public int ReadMillivolts(int pin, int samples) =>
            _table.Refusal(pin, PinTable.Analog) == null ? AnalogInput.ReadMillivolts(_table, pin, samples) : 0;

        private IInputPin Open(int pin, int pull, ILinkEventSink sink, PinEventTypes counted, int debounceMs)
        {
            try
            {
                _controller = _controller ?? new GpioController();
                if (_table.Refusal(pin, PinTable.Input) != null || _controller.IsPinOpen(pin))
                {
                    return null;
                }

                PinMode mode = pull == 0 ? PinMode.InputPullUp : pull == 1 ? PinMode.Input : PinMode.InputPullDown;
                return new EdgeInput(_controller.OpenPin(pin, mode), sink, counted, debounceMs);
            }
            catch (Exception)
            {
                // The runtime keeps some pins for itself, e.g. for PSRAM.
                return null;
            }
        }
    }
}
