using Boards.NativeSim.World;

namespace nanoFramework.Emulation.Clock;

/// <summary>The chip's clock. What else a date can do is the desktop's.</summary>
public static class DateTime
{
    public static System.DateTime UtcNow => SimulatedChip.Current.UtcNow;
}
