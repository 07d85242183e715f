namespace Boards.NativeSim.World;

/// <summary>
/// Power was lost during a flash operation, or the caller belongs to a boot that is over. Every later operation
/// throws it too, until power is back.
/// </summary>
public sealed class PowerCutException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PowerCutException()
        : base("The simulated chip has lost its power.")
    {
    }
}
