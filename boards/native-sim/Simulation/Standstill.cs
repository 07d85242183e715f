using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>
/// Watches virtual time stand still for what is under way outside. Only real time in which nothing at all begins or ends
/// counts, and no more of it than the host has let us see: a host that is busy elsewhere, or asleep, decides nothing.
/// </summary>
internal sealed class Standstill(WorldTime time)
{
    private const int MostPerLookMs = 50;

    private long _changes = -1;
    private long _lookedTicks;
    private long _quietMs;

    /// <summary>Whether waiting can end: nothing changed for <see cref="WorldTime.StandstillMs"/>.</summary>
    public bool IsOver => _quietMs >= time.StandstillMs;

    /// <summary>Call it after each short wait. Gives up the answers that do not come.</summary>
    public void Look()
    {
        long now = Environment.TickCount64;
        if (time.Changes != _changes)
        {
            _changes = time.Changes;
            _quietMs = 0;
        }
        else
        {
            _quietMs += Math.Min(now - _lookedTicks, MostPerLookMs);
        }

        _lookedTicks = now;
        if (time.GiveUp(_quietMs))
        {
            _quietMs = 0;
        }
    }
}
