using System.Device.I2c;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>An I2C address at which one kind of sensor may sit.</summary>
    public abstract class I2cPort : ISensorPort
    {
        private readonly int _bus;
        private readonly int _address;

        internal I2cPort(int bus, int address)
        {
            _bus = bus;
            _address = address;
            Address = address.ToString("X2");
        }

        /// <inheritdoc/>
        public string Address { get; }

        /// <inheritdoc/>
        public ISensor Probe()
        {
            I2cSensor sensor = Create(new I2cDevice(new I2cConnectionSettings(_bus, _address, I2cBusSpeed.FastMode)));
            bool isOpen = false;
            try
            {
                isOpen = sensor.Open();
            }
            finally
            {
                if (!isOpen)
                {
                    sensor.Close();
                }
            }

            return isOpen ? sensor : null;
        }

        internal abstract I2cSensor Create(I2cDevice device);
    }
}
