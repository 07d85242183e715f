using Firmware.Platform;

namespace Boards.Esp32Program
{
    /// <summary>
    /// What a module draws in each phase of a wake. Not measured: means from the ESP32 Series Datasheet, 3.3 V and 25 °C. Used
    /// for the other chips, too, until theirs are measured.
    /// https://www.espressif.com/sites/default/files/documentation/esp32_datasheet_en.pdf
    /// </summary>
    /// <remarks>
    /// Table "Power consumption by power modes": modem-sleep at 240 MHz 30 to 68 mA (radio off, depending on what the CPU does);
    /// deep sleep with RTC timer and RTC memory 10 uA. Table "Current consumption depending on RF modes": receiving and
    /// listening 95 to 100 mA; sending 802.11b at 19.5 dBm 240 mA, 802.11g at 16 dBm 190 mA, 802.11n at 14 dBm 180 mA, each
    /// with a duty cycle of 50 %. The sensors add less than 1 mA while they measure.
    /// A DevKitC draws more than its module: its USB bridge, its linear regulator and its power LED always take about 10 mA,
    /// so on a battery it lasts weeks at best. See the README of esp32-devkitc.
    /// </remarks>
    internal static class Currents
    {
        // Sending a tenth of the time while it joins (scan, association, DHCP), and a twentieth while it publishes.
        internal static PowerProfile Profile => new PowerProfile
        {
            Boot = 50000,
            Measure = 45000,
            Join = 115000,
            Connect = 110000,
            Handshake = 110000,
            Publish = 107000,
            Listen = 100000,
            Sleep = SleepOfModule + SleepOfBoard,
        };

        private const int SleepOfModule = 10;

        // An estimate: replace it by what your board draws in sleep, measured at its supply.
        private const int SleepOfBoard = 10000;
    }
}
