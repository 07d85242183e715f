using System.Device.I2c;
using Firmware.Platform;
using Iot.Device.Bmxx80;
using Iot.Device.Bmxx80.ReadResult;

namespace Boards.Esp32
{
    /// <summary>
    /// A BMP280, BME280 or BME680 in forced mode: it sleeps between two measurements. A measurement counts only when the
    /// chip answers with its id and its configuration before and after it.
    /// </summary>
    internal sealed class Bmxx80Sensor : ISensor
    {
        // Operating ranges of the datasheets, section 1 of each.
        private static readonly Measurand Temperature = new Measurand("temperature", "Cel", 2, -4000, 8500);
        private static readonly Measurand Pressure = new Measurand("pressure", "Pa", 1, 300000, 1100000);
        private static readonly Measurand Humidity = new Measurand("humidity", "%RH", 2, 0, 10000);
        private static readonly Measurand GasResistance = new Measurand("gas-resistance", "Ohm", 0, 1, 100000000);

        private readonly int _chipId;
        private readonly Bmxx80Registers _registers;
        private readonly Bmxx80Base _driver;

        private Bmxx80Sensor(int chipId, Bmxx80Registers registers, Bmxx80Base driver, string model, Measurand[] measurands)
        {
            _chipId = chipId;
            _registers = registers;
            _driver = driver;
            Model = model;
            Measurands = measurands;
        }

        /// <inheritdoc/>
        public string Model { get; }

        /// <inheritdoc/>
        public Measurand[] Measurands { get; }

        /// <inheritdoc/>
        public bool Read(int[] values, bool[] valid)
        {
            if (!Answers())
            {
                return false;
            }

            if (_driver is Bme280 bme280)
            {
                Take(bme280.Read(), values, valid);
            }
            else if (_driver is Bme680 bme680)
            {
                Take(bme680.Read(), values, valid);
            }
            else
            {
                Take(((Bmp280)_driver).Read(), values, valid);
            }

            return Answers();
        }

        /// <inheritdoc/>
        public void Close() => _driver.Dispose();

        /// <summary>Finds out which sensor answers and sets it up.</summary>
        /// <param name="device">The I2C device; owned by the sensor that is returned.</param>
        /// <returns>The sensor, or null when none answers or the chip id is not known.</returns>
        internal static Bmxx80Sensor Create(I2cDevice device)
        {
            Bmxx80Registers registers = new Bmxx80Registers(device);
            int chipId = registers.ReadChipId();
            switch (chipId)
            {
                case Bmxx80Registers.ChipIdBmp280:
                    return new Bmxx80Sensor(chipId, registers, new Bmp280(device), "bmp280", new[] { Temperature, Pressure });
                case Bmxx80Registers.ChipIdBme280:
                    return new Bmxx80Sensor(chipId, registers, new Bme280(device), "bme280", new[] { Temperature, Humidity, Pressure });
                case Bmxx80Registers.ChipIdBme680:
                    return new Bmxx80Sensor(chipId, registers, new Bme680(device), "bme680", new[] { Temperature, Humidity, Pressure, GasResistance });
                default:
                    return null;
            }
        }

        private static void Take(Bmp280ReadResult result, int[] values, bool[] valid)
        {
            valid[0] = result.TemperatureIsValid && TryScale(result.Temperature.DegreesCelsius, 100, out values[0]);
            valid[1] = result.PressureIsValid && TryScale(result.Pressure.Pascals, 10, out values[1]);
        }

        private static void Take(Bme280ReadResult result, int[] values, bool[] valid)
        {
            valid[0] = result.TemperatureIsValid && TryScale(result.Temperature.DegreesCelsius, 100, out values[0]);
            valid[1] = result.HumidityIsValid && TryScale(result.Humidity.Percent, 100, out values[1]);
            valid[2] = result.PressureIsValid && TryScale(result.Pressure.Pascals, 10, out values[2]);
        }

        private static void Take(Bme680ReadResult result, int[] values, bool[] valid)
        {
            Take((Bme280ReadResult)result, values, valid);
            valid[3] = result.GasResistanceIsValid && TryScale(result.GasResistance.Ohms, 1, out values[3]);
        }

        // What is not a number, or far from what an int can hold, was not measured.
        private static bool TryScale(double value, int factor, out int scaled)
        {
            double product = value * factor;
            if (!(product > -2000000000.0 && product < 2000000000.0))
            {
                scaled = 0;
                return false;
            }

            scaled = (int)(product < 0 ? product - 0.5 : product + 0.5);
            return true;
        }

        private bool Answers() => _registers.ReadChipId() == _chipId && _registers.IsConfigured(_chipId);
    }
}
