using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>Counts restarts; the device runs on, as none would.</summary>
    internal sealed class FakePower : IPower
    {
        public int Restarts { get; private set; }

        public void Restart() => Restarts++;
    }
}
