using Boards.NativeSim.World;

namespace nanoFramework.Emulation;

/// <summary>The chip's clock. What else a date can do is the desktop's.</summary>
public readonly struct DateTime
{
    public static System.DateTime UtcNow => SimulatedChip.Current.UtcNow;
}
