namespace Boards.NativeSim.World;

/// <summary>
/// The program of one boot of a chip. No type of the firmware crosses this border: each image of the application
/// brings its own.
/// </summary>
public interface IChipProgram
{
    /// <summary>Where its connection stands.</summary>
    LinkState State { get; }

    /// <summary>Why it is not connected; null when it is, or nothing has failed.</summary>
    string? LastFailure { get; }

    /// <summary>Whether it has left on purpose.</summary>
    bool IsStopped { get; }

    /// <summary>What it has counted since it began.</summary>
    DeviceFigures Figures { get; }

    /// <summary>Messages of its last connection that it has not seen acknowledged.</summary>
    int Unacknowledged { get; }

    /// <summary>Begins.</summary>
    void Start();

    /// <summary>Does what is due.</summary>
    /// <returns>Milliseconds for which there is nothing to do, unless it signals.</returns>
    int Advance();

    /// <summary>Begins to leave on purpose.</summary>
    void Leave();
}
