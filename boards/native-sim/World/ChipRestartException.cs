namespace Boards.NativeSim.World;

/// <summary>The firmware restarts its chip: unwinds to the scheduler. On a device the call never returns.</summary>
public sealed class ChipRestartException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ChipRestartException()
        : base("The simulated chip restarts.")
    {
    }
}
