using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A pin for levels whose driver fails when the test says so.</summary>
    public sealed class FakeLevelPin : ILevelPin
    {
        public FakeLevelPin(int frequency, int percent)
        {
            Frequency = frequency;
            History = percent.ToString();
        }

        public int Frequency { get; }

        /// <summary>How many of the next writes are refused.</summary>
        public int Failures { get; set; }

        /// <summary>What was driven from the first moment on, with a space between.</summary>
        public string History { get; private set; }

        public bool Write(int percent)
        {
            if (Failures > 0)
            {
                Failures--;
                return false;
            }

            History += " " + percent;
            return true;
        }
    }
}
