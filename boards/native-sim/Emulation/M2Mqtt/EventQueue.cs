using System.Threading.Channels;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>
/// Raises a client's events one at a time and in order, on no thread of its own. From the moment one is posted until the
/// handler of the last has returned they are outstanding, together as one: while the first waits for its moment, those
/// behind it must not hold the time for which it waits.
/// </summary>
internal sealed class EventQueue(SimulatedChip chip, int boot, Action onHandlerFailure)
{
    private readonly Channel<(Action Raise, long DueMs)> _events =
        Channel.CreateUnbounded<(Action, long)>(new() { SingleReader = true });

    private readonly object _gate = new();
    private volatile bool _silent;
    private WorldHold? _hold;
    private int _waiting;
    private long _lastDueMs;

    public void Start() => _ = Task.Run(RaiseLoop);

    /// <param name="raise">Raises it.</param>
    /// <param name="afterMs">By how long it comes after the one before it at the earliest: the device is no faster.</param>
    public void Post(Action raise, int afterMs = 0)
    {
        long dueMs;
        lock (_gate)
        {
            _hold = _waiting++ == 0 ? chip.Time.Begin("event", chip.Number) : _hold;
            dueMs = Math.Max(chip.Time.NowMs + chip.Radio.LatencyMs, _lastDueMs + afterMs);
            _lastDueMs = dueMs;
        }

        if (!_events.Writer.TryWrite((raise, dueMs)))
        {
            Finish();
        }
    }

    /// <summary>Takes no more; what was posted is still raised.</summary>
    public void Complete() => _events.Writer.TryComplete();

    /// <summary>Raises nothing more, not even what was posted.</summary>
    public void Silence()
    {
        _silent = true;
        Complete();
    }

    private async Task RaiseLoop()
    {
        await foreach ((Action raise, long dueMs) in _events.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await chip.Time.Delay(_hold, (int)(dueMs - chip.Time.NowMs)).ConfigureAwait(false);
                chip.Time.HandOver(HandOverPlace.Event);
                if (!_silent && chip.Runs(boot))
                {
                    using (chip.Enter())
                    {
                        raise();
                    }
                }
            }
            catch (Exception)
            {
                // As on the device: an exception of a handler closes the connection.
                onHandlerFailure();
            }
            finally
            {
                Finish();
            }
        }
    }

    private void Finish()
    {
        WorldHold? last;
        lock (_gate)
        {
            last = --_waiting == 0 ? _hold : null;
        }

        last?.End();
    }
}
