using Boards.NativeSim.World;

namespace Boards.NativeSim;

/// <summary>
/// Holds virtual time after a device has requested a block of an update, because the server responds at the speed of
/// the host. Without a response, time goes on after a while.
/// </summary>
internal sealed class BlockWait(SimulatedChip chip, int boot)
{
    private WorldHold? _hold;

    /// <summary>The device asks.</summary>
    public void Begin()
    {
        Replace(chip.Time.Begin("a block of an update", chip.Number, HoldKind.Stranger));
        if (!chip.Runs(boot))
        {
            End();
        }
    }

    /// <summary>The block has come, or will not come any more. May be called on any thread.</summary>
    public void End() => Replace(null);

    private void Replace(WorldHold? hold) => Interlocked.Exchange(ref _hold, hold)?.End();
}
