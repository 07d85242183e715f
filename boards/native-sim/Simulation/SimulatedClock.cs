using Boards.NativeSim.World;
using Firmware.Platform;

namespace Boards.NativeSim.Simulation;

/// <summary>The chip's time. The scheduler does the waiting, for all devices at once.</summary>
public sealed class SimulatedClock : IClock
{
    private readonly SimulatedChip _chip;
    private readonly Action _wake;

    /// <summary>Creates the clock of a chip.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="wake">Tells the scheduler that the device has a signal.</param>
    public SimulatedClock(SimulatedChip chip, Action wake)
    {
        _chip = chip;
        _wake = wake;
    }

    /// <inheritdoc/>
    public long Uptime => _chip.UptimeMs;

    /// <inheritdoc/>
    public bool IsSynchronized => _chip.ClockSynchronized;

    /// <inheritdoc/>
    public long UtcSeconds => new DateTimeOffset(_chip.UtcNow).ToUnixTimeSeconds();

    /// <inheritdoc/>
    public void Wait(int milliseconds) => throw new NotSupportedException("The scheduler waits for the simulated devices.");

    /// <inheritdoc/>
    public void Wake() => _wake();
}
