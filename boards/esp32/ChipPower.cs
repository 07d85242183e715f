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
        private const long TicksPerMs = 10000;

        private readonly PinTable _pins;
        private readonly int _batteryPin;

        /// <summary>Creates the supply.</summary>
        /// <param name="pins">What the pins of the board can serve.</param>
        /// <param name="batteryPin">GPIO that the battery is on, through a divider; <see cref="PinTable.None"/> for none.</param>
        public ChipPower(PinTable pins, int batteryPin)
        {
            _pins = pins;
            _batteryPin = batteryPin;
        }

        /// <inheritdoc/>
        /// <remarks>Measured with each call: sixteen conversions, well under a millisecond of the chip's own time.</remarks>
        public int BatteryMillivolts => _batteryPin == PinTable.None ? 0 : AnalogInput.ReadMillivolts(_pins, _batteryPin, AnalogInput.Samples);

        /// <inheritdoc/>
        public void Restart() => Power.RebootDevice();

        /// <inheritdoc/>
        /// <remarks>
        /// The chip's source ext1 serves: every chip that pins can wake has it, ext0 not (ESP-IDF, sleep modes; the ESP32-C6). With
        /// a pin that is none of the table's only the timer wakes. In sleep no internal resistor pulls the pin: one has to be on
        /// the board.
        /// </remarks>
        public void Sleep(long milliseconds, int wakePin, bool wakeHigh, bool wakesAtOnce)
        {
            nanoFramework.Hardware.Esp32.Sleep.EnableWakeupByTimer(new TimeSpan(milliseconds * TicksPerMs));
            if (wakePin != PinTable.None && _pins.Refusal(wakePin, PinTable.Wake) == null && (wakesAtOnce || !IsAt(wakePin, wakeHigh)))
            {
                nanoFramework.Hardware.Esp32.Sleep.EnableWakeupByMultiPins(
                    (nanoFramework.Hardware.Esp32.Sleep.WakeupGpioPin)(1UL << wakePin),
                    wakeHigh ? nanoFramework.Hardware.Esp32.Sleep.WakeupMode.AnyHigh : nanoFramework.Hardware.Esp32.Sleep.WakeupMode.AllLow);
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
