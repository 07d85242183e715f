using Firmware.Platform;

namespace Boards.Esp32Program
{
    /// <summary>
    /// An ESP32-C3-DevKitM-1 with an ESP32-C3-MINI-1 module of 4 MB, and sensors on I2C.
    /// https://www.espressif.com/sites/default/files/documentation/esp32-c3_datasheet_en.pdf sections 2 and 3 (pins, strapping
    /// pins), the tables of https://docs.espressif.com/projects/esp-idf/en/v5.3/esp32c3/api-reference/peripherals/gpio.html, and
    /// https://docs.espressif.com/projects/esp-dev-kits/en/latest/esp32c3/esp32-c3-devkitm-1/user_guide.html
    /// </summary>
    public class Board : PinTable
    {
        /// <summary>The name in <c>info</c>: that of this folder.</summary>
        public const string Name = "esp32-c3-devkitm";

        /// <summary>Who makes the board.</summary>
        public const string Manufacturer = "Espressif";

        /// <summary>Number of the I2C bus that the sensors are on.</summary>
        public const int I2cBus = 1;

        /// <summary>GPIO of the data line (SDA).</summary>
        public const int I2cData = 6;

        /// <summary>GPIO of the clock line (SCL).</summary>
        public const int I2cClock = 7;

        /// <summary>GPIO for an LED of your own, lit when high: the RGB LED of the board needs a protocol.</summary>
        public const int Led = 10;

        /// <summary>GPIO of the button BOOT, to ground: it erases the device, see the README of esp32-devkitc.</summary>
        public const int Button = 9;

        /// <summary>GPIO of the battery, behind a divider, e.g. 0; None: there is no battery.</summary>
        public const int Battery = None;

        /// <summary>Channels of the chip's PWM controller.</summary>
        public const int PwmChannels = 6;

        /// <summary>Bytes that the image of an update may have: two of them, the outbox and the settings share 256 KB.</summary>
        public const int ImageCapacity = 98304;

        // GPIO 0 to 10, 12 to 21. GPIO 11 supplies the flash and is not brought out.
        private const long Pins = 0x3FF7FF;

        // ADC1: GPIO 0 to 4. That of ADC2 cannot be read while Wi-Fi is on.
        private const long Adc1 = 0x1F;

        /// <inheritdoc/>
        public override string Chip => "ESP32-C3";

        /// <inheritdoc/>
        public override int AnalogOffset => 0;

        /// <inheritdoc/>
        /// <remarks>ESP-IDF v4.4, ADC: at 11 dB the raw maximum stands for 2500 mV.</remarks>
        public override int AnalogRange => 2500;

        /// <inheritdoc/>
        /// <remarks>
        /// The chip has no pulse counter. Its GPIO 0 to 5 could end a deep sleep, but neither by ext0 nor by ext1, and the runtime
        /// knows no other way; it has no 1-Wire for this chip (nf-interpreter, targets/ESP32: Sleep, defconfig/ESP32_C3).
        /// </remarks>
        public override long Mask(int use)
        {
            switch (use)
            {
                case Analog: return Adc1;
                case Counter:
                case Wake:
                case OneWire: return 0;
                default: return Pins; // by the GPIO matrix any pin serves
            }
        }

        /// <inheritdoc/>
        public override string TakenBy(int pin)
        {
            switch (pin)
            {
                case I2cData:
                case I2cClock: return "I2C";
                case Led: return "the LED";
                case 8: return "the RGB LED";
                case 18:
                case 19: return "USB";
                case 20:
                case 21: return "the serial console";
                default: return pin >= 12 && pin <= 17 ? "the flash" : null;
            }
        }

        /// <inheritdoc/>
        public override int AnalogChannel(int pin) => pin;
    }
}
