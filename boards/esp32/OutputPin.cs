using System;
using System.Device.Gpio;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>A GPIO that drives both levels (push-pull).</summary>
    internal sealed class OutputPin : IOutputPin
    {
        private readonly GpioPin _pin;

        internal OutputPin(GpioPin pin)
        {
            _pin = pin;
        }

        /// <inheritdoc/>
        public bool Write(bool isHigh)
        {
            try
            {
                _pin.Write(isHigh);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
