using System;
using System.Device.Gpio;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>
    /// The chip's GPIO for relays and LEDs, as the board's table has them.
    /// </summary>
    /// <remarks>
    /// A pin that begins low is low from the first moment. One that begins high is low for some tens of microseconds
    /// first, and nothing can be done about it here: the driver's SetPinMode makes the pin an output and then always
    /// drives it low (nf-interpreter, GpioPin::SetPinMode to CPU_GPIO_EnableOutputPin with GpioPinValue_Low), Write throws
    /// before the pin is an output, and setting the mode again drives it low again. So Write follows at once. A relay
    /// does not feel that; what does needs a capacitor, or has to be wired so that low is its safe state. Before the
    /// program runs, a pin floats: a resistor has to hold what is attached to it.
    /// </remarks>
    public sealed class OutputPins : IOutputPins
    {
        private readonly GpioController _controller = new GpioController();
        private readonly PinTable _table;

        /// <summary>Creates the pins.</summary>
        /// <param name="table">What the pins of the board can serve.</param>
        public OutputPins(PinTable table)
        {
            _table = table;
        }

        /// <inheritdoc/>
        public IOutputPin Open(int pin, bool isHigh) => _table.Refusal(pin, PinTable.Output) == null ? OpenOwn(pin, isHigh) : null;

        /// <summary>Opens a pin that the board needs itself, as its LED.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="isHigh">The level from the first moment on.</param>
        /// <returns>The pin, or null when the chip has no such output, or it is in use.</returns>
        public IOutputPin OpenOwn(int pin, bool isHigh)
        {
            try
            {
                if (_controller.IsPinOpen(pin) || !_controller.IsPinModeSupported(pin, PinMode.Output))
                {
                    return null;
                }

                GpioPin gpio = _controller.OpenPin(pin);
                OutputPin output = new OutputPin(gpio);
                PinValue level = isHigh;
                gpio.SetPinMode(PinMode.Output);
                gpio.Write(level);
                return output;
            }
            catch (Exception)
            {
                // The runtime keeps some pins for itself, e.g. for PSRAM.
                return null;
            }
        }
    }
}
