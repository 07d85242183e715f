using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.View;

/// <summary>
/// Shows a run. Called by one thread at a time, in the order in which things happened; <see cref="Abort"/> by any.
/// </summary>
internal interface IView : IDisposable
{
    /// <summary>Comes first.</summary>
    /// <param name="info">Broker and devices.</param>
    void Begin(RunInfo info);

    /// <summary>Something happened.</summary>
    /// <param name="happened">What.</param>
    void Show(SimulationEvent happened);

    /// <summary>Events were left out because the view was too slow.</summary>
    /// <param name="count">How many since the last time.</param>
    void ShowDropped(long count);

    /// <summary>Comes before the end of a run that was not broken off.</summary>
    /// <param name="summary">The figures.</param>
    void ShowSummary(Summary summary);

    /// <summary>Comes last: what is shown is to be complete.</summary>
    void End();

    /// <summary>The process is about to end without <see cref="End"/>: leave the terminal as it was.</summary>
    void Abort();
}
