using System;
using System.Device.Gpio;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>
    /// The chip's GPIO for relays and LEDs, less what the chip and the board need themselves. Pins of the ESP32 that are
    /// inputs (34 to 39) or are not there are refused by the driver. ESP32 Series Datasheet section 2.2.
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
        private const int LastPin = 48;
        private const int FirstOfFlash = 6;
        private const int LastOfFlash = 11;
        private const int Uart0Transmit = 1;
        private const int Uart0Receive = 3;

        private readonly GpioController _controller = new GpioController();
        private readonly int[] _reserved;

        /// <summary>Creates the pins.</summary>
        /// <param name="reserved">GPIO numbers that the board needs for something else, as its I2C bus.</param>
        public OutputPins(int[] reserved)
        {
            _reserved = reserved;
        }

        /// <inheritdoc/>
        public IOutputPin Open(int pin, bool isHigh)
        {
            if (pin < 0 || pin > LastPin || IsReserved(pin))
            {
                return null;
            }

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

        private bool IsReserved(int pin)
        {
            // The flash holds the program itself; UART0 is how a developer reaches the chip.
            if ((pin >= FirstOfFlash && pin <= LastOfFlash) || pin == Uart0Transmit || pin == Uart0Receive)
            {
                return true;
            }

            for (int i = 0; i < _reserved.Length; i++)
            {
                if (_reserved[i] == pin)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
