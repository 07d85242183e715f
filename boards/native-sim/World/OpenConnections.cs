namespace Boards.NativeSim.World;

/// <summary>Counts a chip's open connections to the broker. Virtual time can be held until they are closed.</summary>
public sealed class OpenConnections
{
    private readonly SimulatedChip _chip;
    private readonly object _gate = new();
    private WorldHold? _closing;
    private int _count;

    internal OpenConnections(SimulatedChip chip) => _chip = chip;

    /// <summary>One is open.</summary>
    public void Opened()
    {
        lock (_gate)
        {
            _count++;
        }
    }

    /// <summary>One is closed.</summary>
    public void Closed()
    {
        WorldHold? ended = null;
        lock (_gate)
        {
            if (--_count == 0)
            {
                ended = _closing;
                _closing = null;
            }
        }

        ended?.End();
    }

    /// <summary>Those that are open are about to be closed: time waits for that, as it waits for an answer.</summary>
    public void HoldUntilClosed()
    {
        lock (_gate)
        {
            if (_count > 0)
            {
                _closing ??= _chip.Time.Begin("closing the connection", _chip.Number, HoldKind.Transport);
            }
        }
    }
}
