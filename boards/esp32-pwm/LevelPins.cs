using System;
using System.Device.Pwm;
using Firmware.Platform;
using nanoFramework.Hardware.Esp32;

namespace Boards.Esp32
{
    /// <summary>
    /// GPIO that the chip's LED PWM controller drives.
    /// https://docs.espressif.com/projects/esp-idf/en/stable/esp32/api-reference/peripherals/ledc.html
    /// </summary>
    /// <remarks>
    /// The runtime names channels PWM1 to PWM16. Two that follow each other, 1 and 2, 3 and 4, share a timer and so a frequency.
    /// An ESP32 has all 16; on the other chips 9 to 16 are the channels of 1 to 8 again, and C3 and C6 have 6. The driver does not
    /// reserve the pin, so it is opened as an output first, which also gives it its level until the pulses begin.
    /// </remarks>
    public sealed class LevelPins : ILevelPins
    {
        /// <summary>Channels of an ESP32.</summary>
        public const int Esp32Channels = 16;

        // The distance of the functions PWM1, PWM2, ... in DeviceFunction.
        private const int FunctionStep = (int)DeviceFunction.PWM2 - (int)DeviceFunction.PWM1;

        private readonly IOutputPins _pins;
        private readonly int[] _frequencies; // of each channel in Hz; 0 for one that is free

        /// <summary>Creates the pins.</summary>
        /// <param name="pins">The board's outputs.</param>
        /// <param name="channels">Channels of the chip: 16 for an ESP32, 8 for an S3, 6 for a C3 or C6.</param>
        public LevelPins(IOutputPins pins, int channels)
        {
            _pins = pins;
            _frequencies = new int[channels];
        }

        /// <inheritdoc/>
        public ILevelPin Open(int pin, int frequency, int percent, out string refusal)
        {
            int channel = Choose(frequency, out refusal);
            if (channel < 0)
            {
                return null;
            }

            refusal = "the board does not offer GPIO " + pin.ToString();
            if (_pins.Open(pin, percent == 100) == null)
            {
                return null;
            }

            try
            {
                Configuration.SetPinFunction(pin, (DeviceFunction)((int)DeviceFunction.PWM1 + (channel * FunctionStep)));
                PwmChannel pulses = PwmChannel.CreateFromPin(pin, frequency, percent / 100.0);
                if (pulses != null)
                {
                    pulses.Start();
                    _frequencies[channel] = frequency;
                    refusal = null;
                    return new LevelPin(pulses, percent);
                }
            }
            catch (Exception)
            {
            }

            refusal = "the chip makes no pulses of " + frequency.ToString() + " Hz at GPIO " + pin.ToString();
            return null;
        }

        // A channel whose neighbour has the same frequency leaves the other timers free.
        private int Choose(int frequency, out string refusal)
        {
            int free = -1;
            bool isAnyFree = false;
            for (int i = 0; i < _frequencies.Length; i++)
            {
                int neighbour = _frequencies[i ^ 1];
                if (_frequencies[i] == 0)
                {
                    isAnyFree = true;
                    if (neighbour == frequency)
                    {
                        refusal = null;
                        return i;
                    }

                    free = free < 0 && neighbour == 0 ? i : free;
                }
            }

            refusal = free >= 0 ? null
                : isAnyFree ? "each PWM timer has another frequency: use one of theirs"
                : "all " + _frequencies.Length.ToString() + " PWM channels are in use";
            return free;
        }
    }
}
