namespace Boards.NativeSim.World;

/// <summary>What the program of a device counts itself.</summary>
/// <param name="Readings">Measurements that it took and found worth sending.</param>
/// <param name="Dropped">Readings that it gave up for lack of room.</param>
/// <param name="Outbox">Readings that still wait.</param>
/// <param name="Reconnects">Connections to the broker after the first.</param>
public readonly record struct DeviceFigures(long Readings, long Dropped, long Outbox, long Reconnects)
{
    /// <summary>Adds what is counted since a reboot. What waits is as the last one says.</summary>
    /// <param name="later">The figures since then.</param>
    /// <returns>The figures of both.</returns>
    public DeviceFigures Then(DeviceFigures later) =>
        new(Readings + later.Readings, Dropped + later.Dropped, later.Outbox, Reconnects + later.Reconnects);
}
