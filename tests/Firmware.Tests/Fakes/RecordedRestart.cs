using Firmware.Diagnostics;

namespace Firmware.Tests.Fakes
{
    /// <summary>Remembers what a restart was asked for with.</summary>
    public sealed class RecordedRestart : IRestart
    {
        public string Why { get; private set; }

        public void Ask(string why) => Why = why;
    }
}
