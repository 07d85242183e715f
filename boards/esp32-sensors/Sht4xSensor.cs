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
    /// A Sensirion SHT4x, high precision. Datasheet SHT4x: -40 to 125 Cel, 0 to 100 %RH. It does not acknowledge while it
    /// measures; each word has a CRC. https://sensirion.com/media/documents/33FD6951/Datasheet_SHT4x.pdf
    /// </summary>
    internal sealed class Sht4xSensor : I2cSensor
    {
        private const int Reset = 0x94;
        private const int SerialNumber = 0x89;
        private const int MeasureHighPrecision = 0xFD;

        // At most 1 ms and 8.3 ms (table 5), and a tick.
        private const int ResetMs = 2;
        private const int MeasureMs = 10;
        private const int Words = 2;

        private readonly byte[] _bytes = new byte[Words * SensirionWords.Size];

        internal Sht4xSensor(I2cDevice device)
            : base(device, "sht4x", new[] { new Measurand("temperature", "Cel", 2, -4000, 12500), new Measurand("humidity", "%RH", 2, 0, 10000) })
        {
        }

        /// <inheritdoc/>
        public override bool Read(int[] values, bool[] valid)
        {
            if (!Ask(MeasureHighPrecision, MeasureMs))
            {
                return false;
            }

            // 4.6: the formula gives -6 to 119 %RH, to be cropped.
            int humidity = SensirionWords.Part(SensirionWords.At(_bytes, 1), 12500) - 600;
            values[0] = SensirionWords.Part(SensirionWords.At(_bytes, 0), 17500) - 4500;
            values[1] = humidity < 0 ? 0 : humidity > 10000 ? 10000 : humidity;
            valid[0] = true;
            valid[1] = true;
            return true;
        }

        // An SHT3x, which has the same addresses, does not acknowledge commands of one byte.
        internal override bool Open() => Ask(Reset, ResetMs, 0) && Ask(SerialNumber, ResetMs);

        private bool Ask(int command, int ms) => Ask(command, ms, Words) && SensirionWords.AreRight(_bytes, Words);

        private bool Ask(int command, int ms, int words)
        {
            _bytes[0] = (byte)command;
            if (!Write(_bytes, 1))
            {
                return false;
            }

            Thread.Sleep(ms);
            return words == 0 || Receive(_bytes, words * SensirionWords.Size);
        }
    }
}
