using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.Delivery;

/// <summary>What the world measured at the supplies of all devices.</summary>
/// <param name="Wakes">Deep sleeps that ended.</param>
/// <param name="RadioWakes">In how many of those wakes the radio was turned on.</param>
/// <param name="AwakeSeconds">How long devices were neither asleep nor off.</param>
/// <param name="Charge">What they drew, in mAh.</param>
/// <param name="DaysLeft">For how long the battery that is empty first lasts, if all goes on like this; null without batteries.</param>
internal sealed record EnergySummary(long Wakes, long RadioWakes, decimal AwakeSeconds, decimal Charge, decimal? DaysLeft)
{
    /// <summary>The figures by name, in the order in which they are shown.</summary>
    public IEnumerable<(string Name, decimal? Value)> Figures =>
    [
        ("wakes", Wakes),
        ("radioWakes", RadioWakes),
        ("awakeSeconds", AwakeSeconds),
        ("charge", Charge),
        ("daysLeft", DaysLeft),
    ];

    /// <summary>Adds up.</summary>
    /// <param name="devices">The figures of each device.</param>
    /// <returns>The sum.</returns>
    public static EnergySummary Sum(IReadOnlyCollection<EnergyFigures> devices) => new(
        devices.Sum(device => device.Wakes),
        devices.Sum(device => device.RadioWakes),
        Math.Round(devices.Sum(device => device.AwakeMs) / 1000m, 1),
        Math.Round((decimal)devices.Sum(device => device.ChargeMah), 3),
        devices.Min(device => device.DaysLeft) is { } days ? Math.Round((decimal)days, 1) : null);
}
