using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.Delivery;

internal sealed record EnergySummary(long Wakes, long RadioWakes, decimal AwakeSeconds, decimal Charge, decimal? DaysLeft)
{
    public IEnumerable<(string Name, decimal? Value)> Figures =>
    [
        ("wakes", Wakes),
        ("radioWakes", RadioWakes),
        ("awakeSeconds", AwakeSeconds),
        ("charge", Charge),
        ("daysLeft", DaysLeft),
    ];

    public static EnergySummary Sum(IReadOnlyCollection<EnergyFigures> devices) => new(
        devices.Sum(device => device.Wakes),
        devices.Sum(device => device.RadioWakes),
        Math.Round(devices.Sum(device => device.AwakeMs) / 1000m, 1),
        Math.Round((decimal)devices.Sum(device => device.ChargeMah), 3),
        devices.Min(device => device.DaysLeft) is { } days ? Math.Round((decimal)days, 1) : null);
}
