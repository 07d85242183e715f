using Boards.NativeSim.World;

namespace nanoFramework.Emulation.Threading;

/// <summary>Waits in the chip's time. What else a thread can do is the desktop's.</summary>
public sealed class Thread
{
    private Thread()
    {
    }

    public static void Sleep(int millisecondsTimeout) => SimulatedChip.Current.Sleep(millisecondsTimeout);
}
