using System.Device.I2c;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>An I2C address at which a Bosch BMP280, BME280 or BME680 may sit. The chip id decides which it is.</summary>
    public sealed class Bmxx80Port : ISensorPort
    {
        /// <summary>The address with SDO to ground.</summary>
        public const int PrimaryAddress = 0x76;

        /// <summary>The address with SDO to the supply.</summary>
        public const int SecondaryAddress = 0x77;

        private readonly int _bus;
        private readonly int _address;

        /// <summary>Creates a slot.</summary>
        /// <param name="bus">Number of the I2C bus, from 1.</param>
        /// <param name="address">7-bit address, 0x76 or 0x77.</param>
        public Bmxx80Port(int bus, int address)
        {
            _bus = bus;
            _address = address;
            Address = address == PrimaryAddress ? "76" : "77";
        }

        /// <inheritdoc/>
        public string Address { get; }

        /// <inheritdoc/>
        public ISensor Probe()
        {
            I2cDevice device = new I2cDevice(new I2cConnectionSettings(_bus, _address, I2cBusSpeed.FastMode));
            Bmxx80Sensor sensor = null;
            try
            {
                Bmxx80Sensor candidate = new Bmxx80Sensor(device);
                sensor = candidate.Open() ? candidate : null;
            }
            finally
            {
                if (sensor == null)
                {
                    device.Dispose();
                }
            }

            return sensor;
        }
    }
}
