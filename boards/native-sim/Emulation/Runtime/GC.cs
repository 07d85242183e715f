using Boards.NativeSim.World;

namespace nanoFramework.Runtime.Native;

public static class GC
{
    public static uint Run(bool compactHeap) => SimulatedChip.Current.FreeHeapBytes;

    public static void EnableGCMessages(bool enable)
    {
    }
}
