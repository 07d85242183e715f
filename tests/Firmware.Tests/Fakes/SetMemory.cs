using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A heap whose free bytes the test sets.</summary>
    public sealed class SetMemory : IMemory
    {
        public int Free { get; set; } = 40000;

        /// <summary>How often it was measured.</summary>
        public int Measurements { get; private set; }

        public int FreeBytes
        {
            get
            {
                Measurements++;
                return Free;
            }
        }
    }
}
