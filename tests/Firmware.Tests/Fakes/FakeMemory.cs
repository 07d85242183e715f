using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A heap with 50000 bytes free.</summary>
    public sealed class FakeMemory : IMemory
    {
        public int FreeBytes => 50000;
    }
}
