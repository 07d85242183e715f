using Firmware.Platform;

namespace Boards.Esp32Program
{
    /// <summary>
    /// An ESP32-S3-DevKitC-1 with an ESP32-S3-WROOM-1 module of 8 MB, and sensors on I2C.
    /// https://www.espressif.com/sites/default/files/documentation/esp32-s3_datasheet_en.pdf sections 2 and 3 (pins, strapping
    /// pins), the tables of https://docs.espressif.com/projects/esp-idf/en/v5.3/esp32s3/api-reference/peripherals/gpio.html, and
    /// https://docs.espressif.com/projects/esp-dev-kits/en/latest/esp32s3/esp32-s3-devkitc-1/user_guide.html
    /// </summary>
    public class Board : PinTable
    {
        /// <summary>The name in <c>info</c>: that of this folder.</summary>
        public const string Name = "esp32-s3-devkitc";

        /// <summary>Who makes the board.</summary>
        public const string Manufacturer = "Espressif";

        /// <summary>Number of the I2C bus that the sensors are on.</summary>
        public const int I2cBus = 1;

        /// <summary>GPIO of the data line (SDA).</summary>
        public const int I2cData = 8;

        /// <summary>GPIO of the clock line (SCL).</summary>
        public const int I2cClock = 9;

        /// <summary>GPIO for an LED of your own, lit when high: the RGB LED of the board needs a protocol.</summary>
        public const int Led = 2;

        /// <summary>GPIO of the button BOOT, to ground: it erases the device, see the README of esp32-devkitc.</summary>
        public const int Button = 0;

        /// <summary>GPIO of the battery, behind a divider, e.g. 1; None: there is no battery.</summary>
        public const int Battery = None;

        /// <summary>Channels of the chip's PWM controller.</summary>
        public const int PwmChannels = 8;

        /// <summary>Bytes that the image of an update may have: the most there is, since the drive has 2 MB.</summary>
        public const int ImageCapacity = 294912;

        // GPIO 0 to 21, 26 to 32, 35 to 48. The module does not bring out 33 and 34.
        private const long Pins = 0x3FFFFF | (0x7FL << 26) | (0x3FFFL << 35);

        // ADC1: GPIO 1 to 10. Those of ADC2 cannot be read while Wi-Fi is on.
        private const long Adc1 = 0x3FFL << 1;

        // RTC_GPIO: 0 to 21.
        private const long Rtc = 0x3FFFFF;

        /// <inheritdoc/>
        public override string Chip => "ESP32-S3";

        /// <inheritdoc/>
        public override int AnalogOffset => 0;

        /// <inheritdoc/>
        /// <remarks>ESP-IDF v4.4, ADC: at 11 dB the raw maximum stands for 3100 mV; good up to 2900 mV (ESP Hardware Design Guidelines).</remarks>
        public override int AnalogRange => 3100;

        /// <inheritdoc/>
        public override long Mask(int use)
        {
            switch (use)
            {
                case Analog: return Adc1;
                case Wake: return Rtc;
                default: return Pins; // by the GPIO matrix any pin serves
            }
        }

        /// <inheritdoc/>
        /// <remarks>GPIO 35 to 37 are free on a module without octal PSRAM: take them out here.</remarks>
        public override string TakenBy(int pin)
        {
            switch (pin)
            {
                case I2cData:
                case I2cClock: return "I2C";
                case Led: return "the LED";
                case 19:
                case 20: return "USB";
                case 38: // version 1.1 of the board
                case 48: return "the RGB LED"; // version 1.0
                case 43:
                case 44: return "the serial console";
                default: return pin >= 26 && pin <= 32 ? "the flash" : pin >= 35 && pin <= 37 ? "the PSRAM" : null;
            }
        }

        /// <inheritdoc/>
        public override int AnalogChannel(int pin) => pin - 1;
    }
}
