using Firmware.Platform;

namespace Boards.Esp32Program
{
    /// <summary>
    /// An ESP32-C6-DevKitC-1 with an ESP32-C6-WROOM-1 module of 8 MB, and sensors on I2C.
    /// https://www.espressif.com/sites/default/files/documentation/esp32-c6_datasheet_en.pdf sections 2 and 3 (pins, strapping
    /// pins), the tables of https://docs.espressif.com/projects/esp-idf/en/v5.3/esp32c6/api-reference/peripherals/gpio.html, and
    /// https://docs.espressif.com/projects/esp-dev-kits/en/latest/esp32c6/esp32-c6-devkitc-1/user_guide.html
    /// </summary>
    public class Board : PinTable
    {
        /// <summary>The name in <c>info</c>: that of this folder.</summary>
        public const string Name = "esp32-c6-devkitc";

        /// <summary>Who makes the board.</summary>
        public const string Manufacturer = "Espressif";

        /// <summary>Number of the I2C bus that the sensors are on.</summary>
        public const int I2cBus = 1;

        /// <summary>GPIO of the data line (SDA).</summary>
        public const int I2cData = 23;

        /// <summary>GPIO of the clock line (SCL).</summary>
        public const int I2cClock = 22;

        /// <summary>GPIO for an LED of your own, lit when high: the RGB LED of the board needs a protocol.</summary>
        public const int Led = 18;

        /// <summary>GPIO of the button BOOT, to ground: it erases the device, see the README of esp32-devkitc.</summary>
        public const int Button = 9;

        /// <summary>GPIO of the battery, behind a divider, e.g. 0; None: there is no battery.</summary>
        public const int Battery = None;

        /// <summary>Channels of the chip's PWM controller.</summary>
        public const int PwmChannels = 6;

        /// <summary>Bytes that the image of an update may have: the most there is, since the drive has 2 MB.</summary>
        public const int ImageCapacity = 294912;

        // GPIO 0 to 13, 15 to 30. The module does not bring out 14.
        private const long Pins = 0x7FFFBFFF;

        // ADC1: GPIO 0 to 6. There is no other.
        private const long Adc1 = 0x7F;

        // LP_GPIO: 0 to 7.
        private const long Lp = 0xFF;

        /// <inheritdoc/>
        public override string Chip => "ESP32-C6";

        /// <inheritdoc/>
        public override int AnalogOffset => 0;

        /// <inheritdoc/>
        /// <remarks>ESP Hardware Design Guidelines, ADC: 0 to 3300 mV at the highest attenuation.</remarks>
        public override int AnalogRange => 3300;

        /// <inheritdoc/>
        /// <remarks>The runtime has no 1-Wire for this chip (nf-interpreter, targets/ESP32/defconfig/ESP32_C6_THREAD).</remarks>
        public override long Mask(int use)
        {
            switch (use)
            {
                case Analog: return Adc1;
                case Wake: return Lp;
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
                case 12:
                case 13: return "USB";
                case 16:
                case 17: return "the serial console";
                default: return pin >= 24 && pin <= 30 ? "the flash" : null;
            }
        }

        /// <inheritdoc/>
        public override int AnalogChannel(int pin) => pin;
    }
}
