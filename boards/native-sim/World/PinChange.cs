namespace Boards.NativeSim.World;

/// <summary>A change at one pin.</summary>
/// <param name="AtMs">World milliseconds as the chip sees them.</param>
/// <param name="Pin">GPIO number.</param>
/// <param name="IsHigh">The level that is driven now; null when nothing drives the pin any more.</param>
/// <param name="Percent">Share of the time for which it is high; null without pulse width modulation.</param>
public readonly record struct PinChange(long AtMs, int Pin, bool? IsHigh, double? Percent = null);
