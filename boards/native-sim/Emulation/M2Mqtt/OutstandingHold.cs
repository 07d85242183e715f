using Boards.NativeSim.World;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>Holds virtual time while an answer of the broker is awaited; released once, by whoever comes first.</summary>
internal sealed class OutstandingHold
{
    private readonly WorldTime _time;
    private int _released;

    public OutstandingHold(WorldTime time)
    {
        _time = time;
        time.Begin();
    }

    public long SinceTicks { get; } = Environment.TickCount64;

    public void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            _time.End();
        }
    }
}
