using Boards.NativeSim.World;

namespace Boards.NativeSim;

/// <summary>The entry point of the application, as a bundle names it.</summary>
public static class Application
{
    /// <summary>Runs the device on the current chip. The scheduler is its loop: unlike on a device it returns at once.</summary>
    /// <exception cref="InvalidOperationException">Nobody runs programs on this chip.</exception>
    public static void Run()
    {
        SimulatedChip chip = SimulatedChip.Current;
        IProgramHost host = chip.Host ?? throw new InvalidOperationException("Nobody runs programs on this chip.");
        host.Run(new SimulatedProgram(chip, host));
    }
}
