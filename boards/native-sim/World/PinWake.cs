namespace Boards.NativeSim.World;

/// <summary>A pin that ends a deep sleep.</summary>
/// <param name="Pin">GPIO number of a pin that can.</param>
/// <param name="IsHigh">The level that does it.</param>
public readonly record struct PinWake(int Pin, bool IsHigh);
