using System.Device.I2c;

namespace Boards.Esp32
{
    /// <summary>An I2C address at which a Texas Instruments INA219 may sit.</summary>
    public sealed class Ina219Port : I2cPort
    {
        /// <summary>The address with A0 and A1 to ground.</summary>
        public const int PrimaryAddress = 0x40;

        /// <summary>The shunt of most modules.</summary>
        public const int UsualShuntMilliohms = 100;

        private readonly int _shuntMilliohms;

        /// <summary>Creates a port.</summary>
        /// <param name="bus">Number of the I2C bus, from 1.</param>
        /// <param name="address">7-bit address, 0x40 to 0x4F.</param>
        /// <param name="shuntMilliohms">The shunt, 1 to 10000 milliohms. The greatest current is 320 mV over it.</param>
        public Ina219Port(int bus, int address, int shuntMilliohms)
            : base(bus, address)
        {
            _shuntMilliohms = shuntMilliohms;
        }

        internal override I2cSensor Create(I2cDevice device) => new Ina219Sensor(device, _shuntMilliohms);
    }
}
