using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>Counts restarts; the device runs on, as none would.</summary>
    public sealed class FakePower : IPower
    {
        public int Restarts { get; private set; }

        public void Restart() => Restarts++;

        /// <summary>Milliseconds of the last sleep that was asked for; 0 before.</summary>
        public long Slept { get; private set; }

        public int WakePin { get; private set; } = -1;

        public bool WakesHigh { get; private set; }

        public bool WakesAtOnce { get; private set; }

        public int BatteryMillivolts { get; set; }

        public void Sleep(long milliseconds, int wakePin, bool wakeHigh, bool wakesAtOnce)
        {
            Slept = milliseconds;
            WakePin = wakePin;
            WakesHigh = wakeHigh;
            WakesAtOnce = wakesAtOnce;
        }
    }
}
