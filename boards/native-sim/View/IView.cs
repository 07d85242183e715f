using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.View;

/// <summary>Shows a run. Called by one thread at a time, in the order of the events; <see cref="Abort"/> by any thread.</summary>
internal interface IView : IDisposable
{
    /// <summary>Is called first.</summary>
    void Begin(RunInfo info);

    void Show(SimulationEvent happened);

    void ShowDropped(long count);

    void ShowSummary(Summary summary);

    void End();

    void Abort();
}
