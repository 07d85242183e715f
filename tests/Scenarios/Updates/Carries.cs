namespace Scenarios.Updates;

/// <summary>Which assemblies an image carries; the others are those of the deployment.</summary>
public enum Carries
{
    /// <summary>All that native-sim writes: not Firmware.Core.</summary>
    All,

    /// <summary>The board's alone: a few blocks, for tests that do it very often. It reports the firmware's version, not its own.</summary>
    Board,
}
