using Firmware.Platform;
#if NANOFRAMEWORK_1_0
using System.Threading;
#else
using nanoFramework.Emulation.Threading;
#endif

namespace Boards.Esp32
{
    /// <content>Finds out which chip it is, and sets it up.</content>
    internal sealed partial class Bmxx80Sensor
    {
        // Chip ids. Samples of the BMP280 have 0x56 and 0x57 (BST-BMP280-DS001, 4.3.1).
        private const int FirstBmp280 = 0x56;
        private const int Bmp280 = 0x58;
        private const int Bme280 = 0x60;
        private const int Bme680 = 0x61;

        private const int ChipId = 0xD0;
        private const int Reset = 0xE0;
        private const int ResetCommand = 0xB6;

        private const int Status280 = 0xF3;
        private const int Config280 = 0xF5;
        private const int ImageUpdate = 0x01;

        private const int HeaterResistance = 0x5A;
        private const int HeaterTime = 0x64;
        private const int ControlGas680 = 0x70;
        private const int RunGas = 0x10;
        private const int HeaterTime148 = 0x65; // 37 * 4 ms

        // Means nothing in forced mode: a chip that lost its supply, or another one in its place, does not have it.
        private const int Marker280 = 0x80;
        private const int Marker680 = 0x01; // humidity x1

        private const int StartMs = 5;

        private const string BadCalibration = "calibration data not valid: check wiring and supply, or replace the sensor";
        private const string StaysBusy = "calibration data not ready 100 ms after a reset: check the supply";

        /// <summary>Finds out which sensor answers, resets it, reads its calibration data and sets it up.</summary>
        /// <returns>False when none answers.</returns>
        /// <exception cref="SensorRefusedException">What answers cannot be used.</exception>
        internal bool Open()
        {
            byte[] one = new byte[1];
            if (!ReadFrom(ChipId, one))
            {
                return false;
            }

            Identify(one[0]);

            // Whether it acknowledges a command that stops it, the next read shows.
            Write(Reset, ResetCommand);
            if (!WaitForStart(one))
            {
                return false;
            }

            byte[] first = new byte[Bmx280Formulas.FirstLength];
            byte[] second = new byte[Bmx280Formulas.SecondLength];
            byte[] heater = new byte[Bme680Formulas.HeaterLength];
            if (!ReadFrom(Bmx280Formulas.FirstRegister, first)
                || (_chip != Bmp280 && !ReadFrom(Bmx280Formulas.SecondRegister, second))
                || (_chip == Bme680 && !ReadFrom(Bme680Formulas.HeaterRegister, heater)))
            {
                return false;
            }

            int[] c = _chip == Bme680 ? Bme680Formulas.Calibration(first, second, heater) : Bmx280Formulas.Calibration(first, second);
            if (!IsScale(c[Bmx280Formulas.T1]) || !IsScale(c[Bmx280Formulas.P1]) || (_chip != Bmp280 && !IsScale(c[Bmx280Formulas.H2])))
            {
                throw new SensorRefusedException(BadCalibration);
            }

            _calibration = c;
            return Configure(one);
        }

        // The scale of a quantity is never 0, nor all ones: that is what a memory without content gives.
        private bool IsScale(int word) => word != 0 && word != -1 && word != 0xFFFF && (word != 0x0FFF || _chip != Bme680);

        private void Identify(int id)
        {
            Measurand temperature = new Measurand("temperature", "Cel", 2, -4000, 8500);
            Measurand pressure = new Measurand("pressure", "Pa", 1, 300000, 1100000);
            if (id >= FirstBmp280 && id <= Bmp280)
            {
                _chip = Bmp280;
                Model = "bmp280";
                Measurands = new[] { temperature, pressure };
                _sample = new byte[11];
                return;
            }

            Measurand humidity = new Measurand("humidity", "%RH", 2, 0, 10000);
            if (id == Bme280)
            {
                Model = "bme280";
                Measurands = new[] { temperature, humidity, pressure };
                _sample = new byte[13];
            }
            else if (id == Bme680)
            {
                Model = "bme680";
                Measurands = new[] { temperature, humidity, pressure, new Measurand("gas-resistance", "Ohm", 0, 1, 100000000) };
                _sample = new byte[15];
                _control = new byte[3];
            }
            else
            {
                throw new SensorRefusedException("chip id 0x" + id.ToString("X2") + " is not known: connect a BMP280, BME280 or BME680");
            }

            _chip = id;
        }

        // A BMP280 or BME280 says when it has copied its calibration data; a BME680 does not.
        private bool WaitForStart(byte[] one)
        {
            Thread.Sleep(StartMs);
            if (_chip == Bme680)
            {
                Thread.Sleep(StartMs);
                return true;
            }

            for (int poll = 0; poll < Polls; poll++)
            {
                if (!ReadFrom(Status280, one))
                {
                    return false;
                }

                if ((one[0] & ImageUpdate) == 0)
                {
                    return true;
                }

                Thread.Sleep(PollMs);
            }

            throw new SensorRefusedException(StaysBusy);
        }

        // ctrl_hum takes effect with the next write to ctrl_meas: with the first measurement.
        private bool Configure(byte[] one)
        {
            if (_chip != Bme680)
            {
                bool isSet = (_chip == Bmp280 || Write(ControlHumidity280, 1)) && Write(Config280, Marker280) && ReadFrom(Config280, one);
                _marker = one[0];
                return isSet;
            }

            _marker = Marker680;
            return Write(ControlHumidity680, Marker680)
                && Write(HeaterResistance, Bme680Formulas.HeaterResistance(_calibration))
                && Write(HeaterTime, HeaterTime148)
                && Write(ControlGas680, 0)
                && Write(ControlGas680 + 1, RunGas);
        }
    }
}
