using System;
using System.Device.Adc;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>
    /// A voltage at the chip's ADC. https://docs.espressif.com/projects/esp-idf/en/v4.4/esp32/api-reference/peripherals/adc.html
    /// </summary>
    /// <remarks>
    /// The runtime always reads with 12 bits and the highest attenuation (nf-interpreter, targets/ESP32, AdcController: 12 dB)
    /// and gives raw values: of the reference of each chip, in its eFuse, it tells nothing. So the line of the board's table is
    /// that of the typical one, 1100 mV; a chip may have 1000 to 1200 mV. Who wants it better puts that into the ratio of the
    /// divider.
    /// </remarks>
    public static class AnalogInput
    {
        // One sample has a noise of some thousandths.
        internal const int Samples = 16;

        private const int MaxValue = 4095;

        /// <summary>Measures.</summary>
        /// <param name="table">Has the channel and the line of the ADC.</param>
        /// <param name="pin">GPIO number.</param>
        /// <param name="samples">Conversions that are averaged, 1 to 64.</param>
        /// <returns>Millivolts at the pin; 0 when it cannot be read, or is at one of the ends of the ADC's range.</returns>
        public static int ReadMillivolts(PinTable table, int pin, int samples)
        {
            try
            {
                long sum = 0;
                using (AdcChannel input = new AdcController().OpenChannel(table.AnalogChannel(pin)))
                {
                    for (int i = 0; i < samples; i++)
                    {
                        sum += input.ReadValue();
                    }
                }

                return sum <= 0 || sum >= MaxValue * samples ? 0 : table.AnalogOffset + (int)(sum * table.AnalogRange / ((MaxValue + 1) * samples));
            }
            catch (Exception)
            {
                // No such channel, or the radio has it.
                return 0;
            }
        }
    }
}
