using Boards.NativeSim.World;

namespace nanoFramework.Runtime.Native;

public static class Rtc
{
    public static bool SetSystemTime(DateTime time)
    {
        SimulatedChip.Current.Clock.Set(time);
        return true;
    }
}
