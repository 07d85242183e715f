using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A button that the test presses.</summary>
    public sealed class FakeButton : IButton
    {
        public bool IsPressed { get; set; }
    }
}
