namespace Boards.Esp32DevKitC
{
    /// <summary>An ESP32-DevKitC with sensors on the usual I2C pins.</summary>
    internal static class Board
    {
        /// <summary>The name in <c>info</c>: that of this folder.</summary>
        internal const string Name = "esp32-devkitc";

        /// <summary>Number of the I2C bus that the sensors are on.</summary>
        internal const int I2cBus = 1;

        /// <summary>GPIO of the data line (SDA).</summary>
        internal const int I2cData = 21;

        /// <summary>GPIO of the clock line (SCL).</summary>
        internal const int I2cClock = 22;

        /// <summary>GPIO of the LED; lit when high. Boards without one may attach it there.</summary>
        internal const int Led = 2;

        /// <summary>
        /// GPIO of the button that erases the device when it is held for ten seconds after the start, and released: BOOT, to ground. Held
        /// during the reset itself it starts the chip's download mode.
        /// </summary>
        internal const int Button = 0;

        /// <summary>
        /// ADC channel of the battery; -1: none. With a battery behind a divider at GPIO 34 it is 6; see the README.
        /// </summary>
        internal const int BatteryChannel = -1;

        /// <summary>Drive of the files.</summary>
        internal const string StorageRoot = "I:\\";

        /// <summary>
        /// Bytes that the image of an update may have. There are two of them in the files, of which the drive of a 4 MB
        /// board has 256 KB, beside the outbox and the settings. A drive of 2 MB or more takes the most there is, 294912.
        /// </summary>
        internal const int ImageCapacity = 98304;
    }
}
