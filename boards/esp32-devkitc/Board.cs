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
        /// ADC channel of the battery; -1: none. With a battery behind a divider at GPIO 34 it is 6; see the README.
        /// </summary>
        internal const int BatteryChannel = -1;

        /// <summary>Drive of the files.</summary>
        internal const string StorageRoot = "I:\\";
    }
}
