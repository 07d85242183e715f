using System.Device.I2c;

namespace Boards.Esp32
{
    /// <summary>An I2C address at which a Sensirion SHT40, SHT41 or SHT45 may sit: 0x44, 0x45 or 0x46 by its order number.</summary>
    public sealed class Sht4xPort : I2cPort
    {
        /// <summary>The address of order numbers with A.</summary>
        public const int AddressA = 0x44;

        /// <summary>The address of order numbers with B.</summary>
        public const int AddressB = 0x45;

        /// <summary>Creates a port.</summary>
        /// <param name="bus">Number of the I2C bus, from 1.</param>
        /// <param name="address">7-bit address.</param>
        public Sht4xPort(int bus, int address)
            : base(bus, address)
        {
        }

        internal override I2cSensor Create(I2cDevice device) => new Sht4xSensor(device);
    }
}
