using System;
using System.Device.Gpio;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>A button from a GPIO to ground. The chip's own resistor pulls the pin up.</summary>
    public sealed class PushButton : IButton
    {
        private readonly int _pin;
        private GpioPin _input; // null before the first read, and when the pin cannot be used
        private bool _isOpened;

        /// <summary>Creates the button.</summary>
        /// <param name="pin">GPIO number.</param>
        public PushButton(int pin)
        {
            _pin = pin;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// The pin stays open: the vendor's controller keeps each one that was opened in a list, 200 bytes a time, until it is
        /// closed by the same number. One that is in use for something else is not pressed.
        /// </remarks>
        public bool IsPressed
        {
            get
            {
                try
                {
                    if (!_isOpened)
                    {
                        _isOpened = true;
                        _input = new GpioController().OpenPin(_pin, PinMode.InputPullUp);
                    }

                    return _input != null && !(bool)_input.Read();
                }
                catch (Exception)
                {
                    return false;
                }
            }
        }
    }
}
