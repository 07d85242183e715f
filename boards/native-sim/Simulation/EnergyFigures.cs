using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>What the world measured at a device's supply, over all its boots.</summary>
/// <param name="Wakes">How often its deep sleep ended.</param>
/// <param name="RadioWakes">In how many of those it turned the radio on.</param>
/// <param name="AwakeMs">How long it was neither asleep nor off, in milliseconds.</param>
/// <param name="ChargeMah">What it drew, in mAh.</param>
/// <param name="DaysLeft">For how long its battery lasts if it goes on like this; null without one.</param>
public readonly record struct EnergyFigures(long Wakes, long RadioWakes, long AwakeMs, double ChargeMah, double? DaysLeft)
{
    private const double MsPerDay = 86_400_000;

    /// <summary>Reads a chip's meter now.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="sinceMs">World milliseconds when it was built.</param>
    /// <returns>The figures.</returns>
    public static EnergyFigures Of(SimulatedChip chip, long sinceMs)
    {
        ArgumentNullException.ThrowIfNull(chip);
        PowerMeter meter = chip.Meter;
        double perDay = meter.ChargeMah / Math.Max(1, chip.Time.NowMs - sinceMs) * MsPerDay;
        double? daysLeft = chip.Battery is { } battery && perDay > 0 ? battery.LeftMah / perDay : null;
        return new EnergyFigures(meter.Wakes, meter.RadioWakes, meter.AwakeMs, meter.ChargeMah, daysLeft);
    }
}
