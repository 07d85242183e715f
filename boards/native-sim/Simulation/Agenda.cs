namespace Boards.NativeSim.Simulation;

/// <summary>What is to happen at which moment of the world: things planned, and the next step of each device.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<SimulatedDevice, long> _due = new();
    private readonly PriorityQueue<Action, (long DueMs, long Order)> _planned = new();
    private long _order;

    /// <summary>The next moment at which something is due; <see cref="long.MaxValue"/> for never.</summary>
    public long NextMs
    {
        get
        {
            long planned = _planned.TryPeek(out _, out (long DueMs, long Order) key) ? key.DueMs : long.MaxValue;
            while (_due.TryPeek(out SimulatedDevice? device, out long dueAt))
            {
                if (device.DueAtMs == dueAt)
                {
                    return Math.Min(planned, dueAt);
                }

                _due.Dequeue();
            }

            return planned;
        }
    }

    /// <summary>Plans something.</summary>
    /// <param name="ms">World milliseconds.</param>
    /// <param name="action">What is done then.</param>
    public void Plan(long ms, Action action) => _planned.Enqueue(action, (ms, _order++));

    /// <summary>Notes when a device must be stepped again.</summary>
    /// <param name="device">The device, as its last step left it.</param>
    public void Note(SimulatedDevice device)
    {
        if (device.DueAtMs != long.MaxValue)
        {
            _due.Enqueue(device, device.DueAtMs);
        }
    }

    /// <summary>Takes the devices that are due.</summary>
    /// <param name="nowMs">World milliseconds.</param>
    /// <param name="batch">Receives them.</param>
    public void TakeDue(long nowMs, List<SimulatedDevice> batch)
    {
        while (_due.TryPeek(out SimulatedDevice? device, out long dueAt) && dueAt <= nowMs)
        {
            _due.Dequeue();
            if (device.DueAtMs == dueAt)
            {
                batch.Add(device);
            }
        }
    }

    /// <summary>Does what is planned up to now.</summary>
    /// <param name="nowMs">World milliseconds.</param>
    /// <returns>Whether there was anything.</returns>
    public bool RunPlanned(long nowMs)
    {
        bool any = false;
        while (_planned.TryPeek(out Action? action, out (long DueMs, long Order) key) && key.DueMs <= nowMs)
        {
            _planned.Dequeue();
            action();
            any = true;
        }

        return any;
    }
}
