using System;
using System.Device.Pwm;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>A GPIO that the chip's LED PWM controller drives.</summary>
    internal sealed class LevelPin : ILevelPin
    {
        private readonly PwmChannel _channel;
        private int _percent;

        internal LevelPin(PwmChannel channel, int percent)
        {
            _channel = channel;
            _percent = percent;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// The driver takes a duty of 0 for that of a channel that was not started: what is set then is only remembered
        /// (nf-interpreter, PwmChannel::NativeSetActiveDutyCyclePercentage). Starting again drives the pin.
        /// </remarks>
        public bool Write(int percent)
        {
            try
            {
                _channel.DutyCycle = percent / 100.0;
                if (_percent == 0)
                {
                    _channel.Start();
                }

                _percent = percent;
                return true;
            }
            catch (Exception)
            {
                // Whether it was driven is not known: the next write starts it.
                _percent = 0;
                return false;
            }
        }
    }
}
