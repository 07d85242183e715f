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
    /// A Sensirion SCD4x that measures by itself every 5 s, also while the board sleeps or restarts. Datasheet SCD4x, version
    /// 1.6: up to 40000 ppm, -10 to 60 Cel, 0 to 100 %RH; each word has a CRC. 0 ppm, which no air has, is out of range.
    /// https://sensirion.com/media/documents/48C4B7FB/67FE0194/CD_DS_SCD4x_Datasheet_D1.pdf
    /// </summary>
    internal sealed class Scd4xSensor : I2cSensor
    {
        private const int Start = 0x21B1;
        private const int Stop = 0x3F86;
        private const int GetDataReady = 0xE4B8;
        private const int ReadMeasurement = 0xEC05;

        private const int ReadyBits = 0x07FF;
        private const int CommandMs = 2; // at most 1 ms, and a tick
        private const int PollMs = 100;
        private const int PollsForFirst = 55; // 5 s, and a tenth
        private const int OldestMs = 15000; // two are missing

        private readonly byte[] _bytes = new byte[3 * SensirionWords.Size];
        private readonly IClock _clock;
        private readonly int[] _last = new int[3];
        private long _measuredAt = -1;

        internal Scd4xSensor(I2cDevice device, IClock clock)
            : base(device, "scd4x", new[]
            {
                new Measurand("co2", "ppm", 0, 1, 40000),
                new Measurand("temperature", "Cel", 2, -1000, 6000),
                new Measurand("humidity", "%RH", 2, 0, 10000),
            })
        {
            _clock = clock;
        }

        /// <inheritdoc/>
        public override bool Read(int[] values, bool[] valid)
        {
            // Between two of its measurements the last one is the newest.
            if (!Update() || _clock.Uptime - _measuredAt > OldestMs)
            {
                return false;
            }

            for (int i = 0; i < _last.Length; i++)
            {
                values[i] = _last[i];
                valid[i] = true;
            }

            return true;
        }

        /// <inheritdoc/>
        public override void Close()
        {
            // It needs 500 ms for it: it is probed no sooner than after 1 s.
            Send(Stop);
            base.Close();
        }

        // While it measures it does not acknowledge the start, and goes on. The wait of 5 s is that after power-on.
        internal override bool Open()
        {
            Send(Start);
            for (int poll = 0; poll <= PollsForFirst; poll++)
            {
                if (!Update())
                {
                    return false;
                }

                if (_measuredAt >= 0)
                {
                    return true;
                }

                Thread.Sleep(PollMs);
            }

            return false;
        }

        /// <summary>Takes the values of a measurement that has ended.</summary>
        /// <returns>False when it does not answer.</returns>
        private bool Update()
        {
            byte[] bytes = _bytes;
            if (!Ask(GetDataReady, 1))
            {
                return false;
            }

            if ((SensirionWords.At(bytes, 0) & ReadyBits) != 0)
            {
                if (!Ask(ReadMeasurement, 3))
                {
                    return false;
                }

                _last[0] = SensirionWords.At(bytes, 0);
                _last[1] = SensirionWords.Part(SensirionWords.At(bytes, 1), 17500) - 4500;
                _last[2] = SensirionWords.Part(SensirionWords.At(bytes, 2), 10000);
                _measuredAt = _clock.Uptime;
            }

            return true;
        }

        private bool Ask(int command, int words)
        {
            if (!Send(command))
            {
                return false;
            }

            Thread.Sleep(CommandMs);
            return Receive(_bytes, words * SensirionWords.Size) && SensirionWords.AreRight(_bytes, words);
        }

        private bool Send(int command)
        {
            _bytes[0] = (byte)(command >> 8);
            _bytes[1] = (byte)command;
            return Write(_bytes, 2);
        }
    }
}
