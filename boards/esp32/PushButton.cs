using System;
using System.Device.Gpio;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>A button from a GPIO to ground. The chip's own resistor pulls the pin up.</summary>
    public sealed class PushButton : IButton
    {
        private readonly int _pin;

        /// <summary>Creates the button.</summary>
        /// <param name="pin">GPIO number.</param>
        public PushButton(int pin)
        {
            _pin = pin;
        }

        /// <inheritdoc/>
        /// <remarks>The pin is open only meanwhile; one that is in use for something else is not pressed.</remarks>
        public bool IsPressed
        {
            get
            {
                try
                {
                    using GpioPin input = new GpioController().OpenPin(_pin, PinMode.InputPullUp);
                    return !(bool)input.Read();
                }
                catch (Exception)
                {
                    return false;
                }
            }
        }
    }
}
