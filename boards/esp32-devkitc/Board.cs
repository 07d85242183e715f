using Firmware.Platform;

namespace Boards.Esp32Program
{
    /// <summary>
    /// An ESP32-DevKitC with an ESP32-WROOM module, and sensors on the usual I2C pins.
    /// https://www.espressif.com/sites/default/files/documentation/esp32_datasheet_en.pdf sections 2.2 and 2.3, and the table of
    /// https://docs.espressif.com/projects/esp-idf/en/v5.3/esp32/api-reference/peripherals/gpio.html
    /// </summary>
    public class Board : PinTable
    {
        /// <summary>The name in <c>info</c>: that of this folder.</summary>
        public const string Name = "esp32-devkitc";

        /// <summary>Who makes the board.</summary>
        public const string Manufacturer = "Espressif";

        /// <summary>Number of the I2C bus that the sensors are on.</summary>
        public const int I2cBus = 1;

        /// <summary>GPIO of the data line (SDA).</summary>
        public const int I2cData = 21;

        /// <summary>GPIO of the clock line (SCL).</summary>
        public const int I2cClock = 22;

        /// <summary>GPIO of the LED; lit when high. Boards without one may attach it there.</summary>
        public const int Led = 2;

        /// <summary>
        /// GPIO of the button that erases the device when it is held for ten seconds after the start, and released: BOOT, to ground. Held
        /// during the reset itself it starts the chip's download mode.
        /// </summary>
        public const int Button = 0;

        /// <summary>GPIO of the battery, behind a divider, e.g. 34; None: there is no battery.</summary>
        public const int Battery = None;

        /// <summary>Channels of the chip's PWM controller.</summary>
        public const int PwmChannels = 16;

        /// <summary>
        /// Bytes that the image of an update may have. There are two of them in the files, of which the drive of a 4 MB
        /// board has 256 KB, beside the outbox and the settings. A drive of 2 MB or more takes the most there is, 294912.
        /// </summary>
        public const int ImageCapacity = 98304;

        // GPIO 0 to 19, 21 to 23, 25 to 27, 32, 33.
        private const long Outputs = 0xFFFFF | (7L << 21) | (7L << 25) | (3L << 32);

        // GPIO 34 to 36, 39. The module does not bring out 37 and 38.
        private const long InputsOnly = (7L << 34) | (1L << 39);

        // ADC1: GPIO 32 to 36, 39. Those of ADC2 cannot be read while Wi-Fi is on.
        private const long Adc1 = (3L << 32) | InputsOnly;

        // RTC_GPIO: 0, 2, 4, 12 to 15, 25 to 27, 32 to 36, 39.
        private const long Rtc = 0x15 | (15L << 12) | (7L << 25) | Adc1;

        /// <inheritdoc/>
        public override string Chip => "ESP32";

        /// <inheritdoc/>
        /// <remarks>ESP-IDF v4.4, adc_cal, ADC1 at 11 dB: 142 mV + raw * 1100 mV / 4096 * 196602 / 65536; good for 150 to 2450 mV.</remarks>
        public override int AnalogOffset => 142;

        /// <inheritdoc/>
        public override int AnalogRange => 3300;

        /// <inheritdoc/>
        public override long Mask(int use)
        {
            switch (use)
            {
                case Input:
                case Counter: return Outputs | InputsOnly;
                case Analog: return Adc1;
                case Wake: return Rtc;
                default: return Outputs; // by the GPIO matrix any pin serves
            }
        }

        /// <inheritdoc/>
        public override string TakenBy(int pin)
        {
            switch (pin)
            {
                case 6:
                case 7:
                case 8:
                case 9:
                case 10:
                case 11: return "the flash";
                case 1:
                case 3: return "the serial console";
                case I2cData:
                case I2cClock: return "I2C";
                case Led: return "the LED";
                default: return null;
            }
        }

        /// <inheritdoc/>
        /// <remarks>ADC1 channels 0 to 7: GPIO 36 to 39, 32 to 35.</remarks>
        public override int AnalogChannel(int pin) => (pin - 36) & 7;
    }
}
