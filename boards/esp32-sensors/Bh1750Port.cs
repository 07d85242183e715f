using System.Device.I2c;

namespace Boards.Esp32
{
    /// <summary>An I2C address at which a ROHM BH1750FVI may sit.</summary>
    public sealed class Bh1750Port : I2cPort
    {
        /// <summary>The address with ADDR to ground.</summary>
        public const int PrimaryAddress = 0x23;

        /// <summary>The address with ADDR to the supply.</summary>
        public const int SecondaryAddress = 0x5C;

        /// <summary>Creates a port.</summary>
        /// <param name="bus">Number of the I2C bus, from 1.</param>
        /// <param name="address">7-bit address, 0x23 or 0x5C.</param>
        public Bh1750Port(int bus, int address)
            : base(bus, address)
        {
        }

        internal override I2cSensor Create(I2cDevice device) => new Bh1750Sensor(device);
    }
}
