using System;
using Firmware.Platform;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Boards.Esp32
{
    /// <summary>The reset and the deep sleep of the chip, and its battery.</summary>
    public sealed class ChipPower : IPower
    {
        private const long TicksPerMs = 10000;

        /// <inheritdoc/>
        public int BatteryMillivolts => 0;

        /// <inheritdoc/>
        public void Restart() => Power.RebootDevice();

        /// <inheritdoc/>
        public void Sleep(long milliseconds, int wakePin, bool wakeHigh)
        {
            nanoFramework.Hardware.Esp32.Sleep.EnableWakeupByTimer(new TimeSpan(milliseconds * TicksPerMs));
            nanoFramework.Hardware.Esp32.Sleep.StartDeepSleep();
        }
    }
}
