using System;
using System.Device.I2c;
using Firmware.Platform;
#if NANOFRAMEWORK_1_0
using System.Threading;
#else
// A desktop thread would sleep in the host's time; a simulated chip has its own.
using nanoFramework.Emulation.Threading;
#endif

namespace Boards.Esp32
{
    /// <summary>
    /// A Bosch BMP280, BME280 or BME680 in forced mode with oversampling x1: it sleeps between two measurements.
    /// Datasheets: BST-BMP280-DS001 (BMP280), BST-BME280-DS002 (BME280), BST-BME680-DS001 (BME680).
    /// </summary>
    internal sealed partial class Bmxx80Sensor : ISensor
    {
        // A sample of a BMP280 or BME280 is everything from ctrl_hum to the data, in one read.
        private const int ControlHumidity280 = 0xF2;
        private const int ControlMeasurement280 = 0xF4;
        private const int Data280 = 5; // index of the pressure's first byte in the sample
        private const int Measuring280 = 0x08;

        // A sample of a BME680 is everything from the status to the gas data; its control registers are elsewhere.
        private const int Status680 = 0x1D;
        private const int ControlHumidity680 = 0x72;
        private const int ControlMeasurement680 = 0x74;
        private const int Data680 = 2;
        private const int Measuring680 = 0x60; // of gas or of the rest
        private const int GasIsValid = 0x30; // and the heater was stable

        private const int SamplingOnce = 0x24; // temperature and pressure x1
        private const int SamplingBits = 0xFC;
        private const int Forced = 0x01;

        // The datasheets give at most 9.3 ms (BME280, appendix B) and 10 ms besides the heater (BME680).
        private const int MeasureMs280 = 10;
        private const int MeasureMs680 = 160;
        private const int PollMs = 10;
        private const int Polls = 10;
        private const int Attempts = 3;

        private const int SkippedPressure = 0x80000; // and temperature
        private const int SkippedHumidity = 0x8000;

        private readonly I2cDevice _device;
        private readonly byte[] _command = new byte[2];
        private int _chip;
        private int _marker;
        private int[] _calibration;
        private byte[] _sample;
        private byte[] _control; // of a BME680

        internal Bmxx80Sensor(I2cDevice device)
        {
            _device = device;
        }

        /// <inheritdoc/>
        public string Model { get; private set; }

        /// <inheritdoc/>
        public Measurand[] Measurands { get; private set; }

        /// <inheritdoc/>
        public bool Read(int[] values, bool[] valid)
        {
            // A value may be the one that means "skipped" by chance: it is not that again and again.
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                if (!Measure())
                {
                    return false;
                }

                if (Convert(values, valid))
                {
                    break;
                }
            }

            return true;
        }

        /// <inheritdoc/>
        public void Close() => _device.Dispose();

        /// <summary>Measures once into <see cref="_sample"/>.</summary>
        /// <returns>False when the sensor does not answer, is not configured as it was, or never gets ready.</returns>
        private bool Measure()
        {
            bool is680 = _chip == Bme680;
            if (!Write(is680 ? ControlMeasurement680 : ControlMeasurement280, SamplingOnce | Forced))
            {
                return false;
            }

            Thread.Sleep(is680 ? MeasureMs680 : MeasureMs280);
            byte[] sample = _sample;
            for (int poll = 0; poll < Polls; poll++)
            {
                if (!ReadFrom(is680 ? Status680 : ControlHumidity280, sample))
                {
                    return false;
                }

                if (is680 ? (sample[0] & Measuring680) == 0 : (sample[1] & Measuring280) == 0)
                {
                    return is680 ? IsConfigured680() : (sample[2] & SamplingBits) == SamplingOnce && sample[3] == _marker;
                }

                Thread.Sleep(PollMs);
            }

            return false;
        }

        private bool IsConfigured680()
        {
            byte[] control = _control;
            return ReadFrom(ControlHumidity680, control) && control[0] == _marker && (control[2] & SamplingBits) == SamplingOnce;
        }

        /// <summary>Computes the values of a sample.</summary>
        /// <returns>False when one was skipped.</returns>
        private bool Convert(int[] values, bool[] valid)
        {
            byte[] sample = _sample;
            int at = _chip == Bme680 ? Data680 : Data280;
            int rawPressure = (sample[at] << 12) | (sample[at + 1] << 4) | (sample[at + 2] >> 4);
            int rawTemperature = (sample[at + 3] << 12) | (sample[at + 4] << 4) | (sample[at + 5] >> 4);
            int rawHumidity = _chip == Bmp280 ? 0 : (sample[at + 6] << 8) | sample[at + 7];

            // Pressure and humidity are compensated with the temperature.
            bool isMeasured = rawTemperature != SkippedPressure;
            bool hasPressure = isMeasured && rawPressure != SkippedPressure;
            bool hasHumidity = isMeasured && rawHumidity != SkippedHumidity;
            int[] c = _calibration;
            int last = _chip == Bmp280 ? 1 : 2;
            valid[0] = isMeasured;
            if (_chip == Bme680)
            {
                int fine = Bme680Formulas.Fine(c, rawTemperature);
                values[0] = ((fine * 5) + 128) >> 8;
                values[1] = Bme680Formulas.Humidity(c, rawHumidity, fine);
                values[2] = Bme680Formulas.Pressure(c, rawPressure, fine);
                values[3] = Bme680Formulas.Gas(c, (sample[13] << 2) | (sample[14] >> 6), sample[14] & 0x0F);
                valid[3] = (sample[14] & GasIsValid) == GasIsValid;
            }
            else
            {
                int fine = Bmx280Formulas.Fine(c, rawTemperature);
                values[0] = ((fine * 5) + 128) >> 8;
                values[last] = Bmx280Formulas.Pressure(c, rawPressure, fine);
                if (_chip == Bme280)
                {
                    values[1] = Bmx280Formulas.Humidity(c, rawHumidity, fine);
                }
            }

            // A BMP280 has its pressure there.
            valid[1] = hasHumidity;
            valid[last] = hasPressure;
            return isMeasured && hasPressure && hasHumidity;
        }

        private bool ReadFrom(int register, byte[] bytes)
        {
            _command[0] = (byte)register;
            return _device.WriteRead(new SpanByte(_command, 0, 1), new SpanByte(bytes)).Status == I2cTransferStatus.FullTransfer;
        }

        private bool Write(int register, int value)
        {
            _command[0] = (byte)register;
            _command[1] = (byte)value;
            return _device.Write(new SpanByte(_command)).Status == I2cTransferStatus.FullTransfer;
        }
    }
}
