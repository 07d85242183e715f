using Firmware.Platform;
using nanoFramework.Runtime.Native;

namespace Boards.Esp32
{
    /// <summary>The managed heap of the interpreter.</summary>
    public sealed class HeapMemory : IMemory
    {
        /// <inheritdoc/>
        public int FreeBytes => (int)GC.Run(true);
    }
}
