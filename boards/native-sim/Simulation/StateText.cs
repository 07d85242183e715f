using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>How a device stands, in words.</summary>
internal static class StateText
{
    /// <summary>Why a chip in deep sleep does not run: the word of its presence.</summary>
    public const string Sleeping = "sleeping";

    /// <summary>Names a state of the connection.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The name, in lower case.</returns>
    public static string Name(LinkState state) => state switch
    {
        LinkState.BackingOff => "backing off",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>Why a chip does not run.</summary>
    /// <param name="chip">The chip.</param>
    /// <returns>The reason; null when it runs, or never did.</returns>
    public static string? WhyDark(SimulatedChip chip) => chip.Stop switch
    {
        ChipStop.Restart => "the device restarts",
        ChipStop.DeepSleep => Sleeping,
        ChipStop.PowerCut => chip.Battery is { IsEmpty: true } ? "the battery is empty" : "no power",
        _ => null,
    };
}
