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
    /// A Texas Instruments INA219, triggered, 16 samples of each voltage. Datasheet INA219, SBOS448G: bus 0 to 26 V, shunt up
    /// to 320 mV. It has no CRC: a configuration other than the written one is that of a chip that lost its supply. Current
    /// and power are computed here, so that nothing depends on its calibration register, which is 0 after a dip.
    /// https://www.ti.com/lit/ds/symlink/ina219.pdf
    /// </summary>
    internal sealed class Ina219Sensor : I2cSensor
    {
        private const int Configuration = 0;
        private const int ShuntVoltage = 1; // 10 uV
        private const int BusVoltage = 2; // 4 mV, from bit 3

        // 32 V, 320 mV, 16 samples of both, both triggered. It is not what the chip has after a reset, 0x399F.
        private const int Triggered = 0x3E63;
        private const int NeverSet = 0xC000;
        private const int IsReady = 0x0002;
        private const int HasOverflow = 0x0001;
        private const int FullShunt = 32000;

        // Two conversions of at most 9.37 ms (7.5), and a tick.
        private const int MeasureMs = 20;
        private const int PollMs = 5;
        private const int Polls = 4;

        private readonly byte[] _bytes = new byte[3];
        private readonly int _shunt;

        internal Ina219Sensor(I2cDevice device, int shuntMilliohms)
            : base(device, "ina219", Of(FullShunt * 100 / shuntMilliohms))
        {
            _shunt = shuntMilliohms;
        }

        /// <inheritdoc/>
        public override bool Read(int[] values, bool[] valid)
        {
            int voltage = Measure();
            int shunt = voltage < 0 ? -1 : ReadWord(ShuntVoltage);
            if (shunt < 0 || ReadWord(Configuration) != Triggered)
            {
                return false;
            }

            shunt = (short)shunt;
            values[0] = (voltage >> 3) * 4;
            values[1] = shunt * 100 / _shunt;
            values[2] = (int)((long)values[0] * values[1] / 10000);
            valid[0] = true;
            valid[1] = shunt > -FullShunt && shunt < FullShunt && (voltage & HasOverflow) == 0;
            valid[2] = valid[1];
            return true;
        }

        internal override bool Open()
        {
            int configuration = ReadWord(Configuration);
            if (configuration < 0 || !Trigger())
            {
                return false;
            }

            int kept = ReadWord(Configuration);
            if (kept < 0)
            {
                return false;
            }

            if ((configuration & NeverSet) != 0 || kept != Triggered)
            {
                throw new SensorRefusedException("not an INA219: it does not keep its configuration");
            }

            return true;
        }

        // In 0.1 mA, mV and mW.
        private static Measurand[] Of(int fullCurrent)
        {
            int fullPower = (int)(26000L * fullCurrent / 10000);
            return new[]
            {
                new Measurand("voltage", "V", 3, 0, 26000),
                new Measurand("current", "A", 4, -fullCurrent, fullCurrent),
                new Measurand("power", "W", 3, -fullPower, fullPower),
            };
        }

        /// <summary>Measures once.</summary>
        /// <returns>The register of the bus voltage; -1 when it does not answer or never gets ready.</returns>
        private int Measure()
        {
            if (!Trigger())
            {
                return -1;
            }

            Thread.Sleep(MeasureMs);
            for (int poll = 0; poll < Polls; poll++)
            {
                int voltage = ReadWord(BusVoltage);
                if (voltage < 0 || (voltage & IsReady) != 0)
                {
                    return voltage;
                }

                Thread.Sleep(PollMs);
            }

            return -1;
        }

        private bool Trigger()
        {
            _bytes[0] = Configuration;
            _bytes[1] = Triggered >> 8;
            _bytes[2] = Triggered & 0xFF;
            return Write(_bytes, 3);
        }

        private int ReadWord(int register)
        {
            _bytes[0] = (byte)register;
            return Exchange(_bytes, 2) ? (_bytes[0] << 8) | _bytes[1] : -1;
        }
    }
}
