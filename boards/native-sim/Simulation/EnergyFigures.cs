namespace Boards.NativeSim.Simulation;

/// <summary>What the world measured at a device's supply, over all its boots.</summary>
/// <param name="Wakes">How often its deep sleep ended.</param>
/// <param name="RadioWakes">In how many of those it turned the radio on.</param>
/// <param name="AwakeMs">How long it was neither asleep nor off, in milliseconds.</param>
/// <param name="ChargeMah">What it drew, in mAh.</param>
/// <param name="DaysLeft">For how long its battery lasts if it goes on like this; null without one.</param>
public readonly record struct EnergyFigures(long Wakes, long RadioWakes, long AwakeMs, double ChargeMah, double? DaysLeft);
