using Firmware.Platform;
using nanoFramework.Runtime.Native;

namespace Boards.Esp32
{
    /// <summary>The reset of the chip.</summary>
    public sealed class ChipPower : IPower
    {
        /// <inheritdoc/>
        public void Restart() => Power.RebootDevice();
    }
}
