using System;
using System.Device.Adc;

namespace Boards.Esp32
{
    /// <summary>
    /// A voltage at the chip's ADC. https://docs.espressif.com/projects/esp-idf/en/v4.4/esp32/api-reference/peripherals/adc.html
    /// </summary>
    /// <remarks>
    /// Channels 0 to 7 are ADC1: GPIO 36, 37, 38, 39, 32, 33, 34, 35. Those of ADC2 (10 and up) cannot be used beside Wi-Fi.
    /// The runtime always reads with 12 bits and the highest attenuation (nf-interpreter, targets/ESP32, AdcController: 11 dB),
    /// good for 150 to 2450 mV, and gives raw values: of the reference of each chip, in its eFuse, it tells nothing. So the
    /// line is that of the typical one, 1100 mV; a chip may have 1000 to 1200 mV. Who wants it better puts that into the
    /// ratio of the divider.
    /// </remarks>
    internal static class AnalogInput
    {
        // One sample has a noise of some thousandths.
        private const int Samples = 16;
        private const int MaxValue = 4095;

        // ESP-IDF, esp_adc_cal, ESP32, ADC1 at 11 dB: 142 mV + raw * 1100 mV / 4096 * 196602 / 65536.
        private const int Offset = 142;
        private const int Reference = 1100;
        private const int Attenuation = 196602;
        private const int Unity = 65536;

        /// <summary>Measures.</summary>
        /// <param name="channel">Channel of the runtime's only controller.</param>
        /// <returns>Millivolts at the pin; 0 when it cannot be read, or is at one of the ends of the ADC's range.</returns>
        internal static int ReadMillivolts(int channel)
        {
            try
            {
                long sum = 0;
                using (AdcChannel input = new AdcController().OpenChannel(channel))
                {
                    for (int i = 0; i < Samples; i++)
                    {
                        sum += input.ReadValue();
                    }
                }

                return sum <= 0 || sum >= MaxValue * Samples ? 0 : Offset + (int)(sum * Reference / (MaxValue + 1) * Attenuation / Unity / Samples);
            }
            catch (Exception)
            {
                // No such channel, or the radio has it.
                return 0;
            }
        }
    }
}
