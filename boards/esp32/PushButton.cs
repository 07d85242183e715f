using System;
using System.Device.Gpio;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>A button from a GPIO to ground. The chip's own resistor pulls the pin up.</summary>
    public sealed class PushButton : IButton
    {
        private const long Debounce = 50 * TimeSpan.TicksPerMillisecond;

        private readonly ILinkEventSink _sink;
        private int _pin; // -1 from the first read on
        private GpioPin _input; // null before the first read, and when the pin cannot be used
        private bool _isSignaled; // and not looked at since: at worst there is one signal too many

        /// <summary>Creates the button.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="sink">Receives a signal when it is pressed or released, from the first read on; the next one after another read.</param>
        public PushButton(int pin, ILinkEventSink sink)
        {
            _pin = pin;
            _sink = sink;
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
                _isSignaled = false;
                try
                {
                    if (_pin >= 0)
                    {
                        int pin = _pin;
                        _pin = -1;
                        _input = new GpioController().OpenPin(pin, PinMode.InputPullUp);
                        _input.DebounceTimeout = new TimeSpan(Debounce);
                        _input.ValueChanged += OnChanged;
                    }

                    return _input != null && !(bool)_input.Read();
                }
                catch (Exception)
                {
                    return false;
                }
            }
        }

        // On a thread of the runtime.
        private void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            if (!_isSignaled)
            {
                // Created first: without the memory for it the next change signals.
                LinkEvent signal = new LinkEvent(LinkEventKind.Signal, 0);
                _isSignaled = true;
                _sink.Post(signal);
            }
        }
    }
}
