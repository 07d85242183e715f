using Boards.NativeSim.Emulation.Hardware;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Figures of an ESP32 without PSRAM while its firmware runs.</summary>
public class NativeMemory
{
    private const uint InternalBytes = 320 * 1024;
    private const uint LargestBlockBytes = 60 * 1024;

    public static void GetMemoryInfo(
        MemoryType memType,
        out uint totalSize,
        out uint totalFreeSize,
        out uint largestFreeBlock)
    {
        uint free = NativeHeap.Current.FreeBytes;
        bool present = memType != MemoryType.SpiRam;
        totalSize = present ? InternalBytes : 0;
        totalFreeSize = present ? free : 0;
        largestFreeBlock = present ? Math.Min(LargestBlockBytes, free) : 0;
    }

    public enum MemoryType
    {
        All,
        Internal,
        SpiRam,
    }
}
