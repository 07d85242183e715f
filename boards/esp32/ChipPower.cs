using System;
using System.Device.Gpio;
using Firmware.Platform;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Boards.Esp32
{
    /// <summary>The reset and the deep sleep of the chip, and its battery.</summary>
    public sealed class ChipPower : IPower
    {
        /// <summary>No battery is attached to the ADC.</summary>
        public const int NoChannel = -1;

        private const long TicksPerMs = 10000;
        private const int LastPin = 39;

        private readonly int _batteryChannel;

        /// <summary>Creates the supply.</summary>
        /// <param name="batteryChannel">ADC channel that the battery is on, through a divider; <see cref="NoChannel"/> for none.</param>
        public ChipPower(int batteryChannel = NoChannel)
        {
            _batteryChannel = batteryChannel;
        }

        /// <inheritdoc/>
        /// <remarks>Measured with each call: sixteen conversions, well under a millisecond of the chip's own time.</remarks>
        public int BatteryMillivolts => _batteryChannel == NoChannel ? 0 : AnalogInput.ReadMillivolts(_batteryChannel);

        /// <inheritdoc/>
        public void Restart() => Power.RebootDevice();

        /// <inheritdoc/>
        /// <remarks>
        /// Pins that can wake an ESP32 are its RTC GPIOs: 0, 2, 4, 12 to 15, 25 to 27, 32 to 39 (ESP-IDF, sleep modes, ext0); with
        /// any other one only the timer wakes. In sleep no internal resistor pulls the pin: one has to be on the board.
        /// </remarks>
        public void Sleep(long milliseconds, int wakePin, bool wakeHigh)
        {
            nanoFramework.Hardware.Esp32.Sleep.EnableWakeupByTimer(new TimeSpan(milliseconds * TicksPerMs));
            if (wakePin >= 0 && wakePin <= LastPin && !IsAt(wakePin, wakeHigh))
            {
                nanoFramework.Hardware.Esp32.Sleep.EnableWakeupByPin((nanoFramework.Hardware.Esp32.Sleep.WakeupGpioPin)(1UL << wakePin), wakeHigh ? 1 : 0);
            }

            nanoFramework.Hardware.Esp32.Sleep.StartDeepSleep();
        }

        // A pin that is at its level already would wake the chip at once, over and over: until the next wake only the timer does.
        private static bool IsAt(int pin, bool isHigh)
        {
            try
            {
                using GpioPin input = new GpioController().OpenPin(pin, PinMode.Input);
                return (bool)input.Read() == isHigh;
            }
            catch (Exception)
            {
                // No such pin, or it is in use: the chip judges.
                return false;
            }
        }
    }
}
