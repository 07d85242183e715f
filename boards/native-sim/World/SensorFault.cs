namespace Boards.NativeSim.World;

/// <summary>What is wrong with a sensor.</summary>
public enum SensorFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It does not acknowledge its address: a loose wire.</summary>
    Nack,

    /// <summary>It returns the same values without end.</summary>
    Stuck,

    /// <summary>The driver flags its values as not valid.</summary>
    NotValid,

    /// <summary>Its values are beyond what it can measure.</summary>
    OutOfRange,

    /// <summary>It is not on the bus any more.</summary>
    Removed,
}
