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
    /// A ROHM BH1750FVI, one measurement in H-resolution mode. Datasheet BH1750FVI, 12046EDT01: 65535 steps of 1/1.2 lx at the
    /// default measurement time, 121556 lx at the shortest. It has no CRC and no id: one that lost its supply for a moment
    /// is dark until the next measurement. 65535 means that it is too bright.
    /// </summary>
    internal sealed class Bh1750Sensor : I2cSensor
    {
        private const int PowerOn = 0x01;
        private const int Reset = 0x07;
        private const int MeasureOnce = 0x20;
        private const int TimeHigh = 0x40;
        private const int TimeLow = 0x60;

        // MTreg, page 11. The measurement takes at most 180 ms with the default, and less in proportion.
        private const int DefaultTime = 69;
        private const int ShortestTime = 31;
        private const int MeasureMs = 180;

        private const int Overflow = 0xFFFF;
        private const int TenthsPerStep = 575; // 10 / 1.2 * 69, over MTreg

        private readonly byte[] _bytes = new byte[2];

        internal Bh1750Sensor(I2cDevice device)
            : base(device, "bh1750", new[] { new Measurand("illuminance", "lx", 1, 0, ((Overflow - 1) * TenthsPerStep) / ShortestTime) })
        {
        }

        /// <inheritdoc/>
        public override bool Read(int[] values, bool[] valid)
        {
            int time = DefaultTime;
            if (!Measure(time))
            {
                return false;
            }

            if (Raw == Overflow)
            {
                time = ShortestTime;
                if (!Measure(time))
                {
                    return false;
                }
            }

            values[0] = ((Raw * TenthsPerStep) + (time / 2)) / time;
            valid[0] = true;
            return true;
        }

        // A reset clears the data register. An I/O expander at the same address gives what was written instead.
        internal override bool Open()
        {
            if (!Write(PowerOn) || !Write(Reset) || !Receive(_bytes, 2))
            {
                return false;
            }

            if (Raw != 0)
            {
                throw new SensorRefusedException("not a BH1750: its data are not 0 after a reset");
            }

            return true;
        }

        private int Raw => (_bytes[0] << 8) | _bytes[1];

        // The time is written each time: after a dip of the supply it is the default one.
        private bool Measure(int time)
        {
            if (!Write(TimeHigh | (time >> 5)) || !Write(TimeLow | (time & 0x1F)) || !Write(MeasureOnce))
            {
                return false;
            }

            Thread.Sleep(((MeasureMs * time) / DefaultTime) + 1);
            return Receive(_bytes, 2);
        }

        private bool Write(int command)
        {
            _bytes[0] = (byte)command;
            return Write(_bytes, 1);
        }
    }
}
