using System.Device.I2c;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>The I2C address 0x62, at which a Sensirion SCD40, SCD41 or SCD43 may sit.</summary>
    public sealed class Scd4xPort : I2cPort
    {
        private const int OnlyAddress = 0x62;

        private readonly IClock _clock;

        /// <summary>Creates a port.</summary>
        /// <param name="bus">Number of the I2C bus, from 1.</param>
        /// <param name="clock">Says how old its last values are.</param>
        public Scd4xPort(int bus, IClock clock)
            : base(bus, OnlyAddress)
        {
            _clock = clock;
        }

        internal override I2cSensor Create(I2cDevice device) => new Scd4xSensor(device, _clock);
    }
}
