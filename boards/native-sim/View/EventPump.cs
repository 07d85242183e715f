using System.Threading.Channels;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;
using M2m.Client.View;

namespace Boards.NativeSim.View;

/// <summary>
/// Brings events from any thread to the view, in order. When the view is too slow, the oldest events go and are counted,
/// so that whoever posts never waits; in virtual time, which can wait, nothing goes.
/// </summary>
internal sealed class EventPump : IDisposable
{
    private const int Capacity = 16_384;
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly IView _view;
    private readonly bool _waits;
    private readonly Action _onFailure;
    private readonly Channel<SimulationEvent> _events;
    private Task _work = Task.CompletedTask;
    private long _dropped;
    private long _shown;
    private volatile Summary? _summary;

    /// <summary>Creates a pump; events may be posted from now on.</summary>
    /// <param name="view">Takes the events.</param>
    /// <param name="onFailure">Called once when the view fails.</param>
    /// <param name="waits">Whether whoever posts is to wait for a slow view.</param>
    public EventPump(IView view, Action onFailure, bool waits)
    {
        _waits = waits;
        _view = view;
        _onFailure = onFailure;
        var options = new BoundedChannelOptions(Capacity) { FullMode = waits ? BoundedChannelFullMode.Wait : BoundedChannelFullMode.DropOldest, SingleReader = true };
        _events = Channel.CreateBounded<SimulationEvent>(options, _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>Takes an event, on any thread.</summary>
    /// <param name="happened">The event.</param>
    public void Post(SimulationEvent happened)
    {
        while (!_events.Writer.TryWrite(happened) && _waits && _events.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
        {
        }
    }

    /// <summary>Begins to show.</summary>
    /// <param name="info">Broker and devices.</param>
    public void Start(RunInfo info) => _work = Task.Run(() => WorkAsync(info));

    /// <summary>Shows what is left and ends.</summary>
    /// <param name="summary">Shown last; null for none.</param>
    /// <exception cref="IOException">The view could not write, and not because its reader had enough.</exception>
    public void Stop(Summary? summary)
    {
        _summary = summary;
        _events.Writer.TryComplete();
        if (!HasEnded())
        {
            throw new IOException("the last events were not written: the output is too slow");
        }

        try
        {
            _work.GetAwaiter().GetResult();
        }
        catch (IOException e) when (StandardOutput.IsClosed(e))
        {
            // Its reader had enough.
        }
    }

    // As long as the reader takes some, a run in virtual time waits for it.
    private bool HasEnded()
    {
        long seen;
        do
        {
            seen = Interlocked.Read(ref _shown);
            if (Task.WaitAny([_work], EndPatience) == 0)
            {
                return true;
            }
        }
        while (_waits && Interlocked.Read(ref _shown) != seen);
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _events.Writer.TryComplete();

    private async Task WorkAsync(RunInfo info)
    {
        try
        {
            _view.Begin(info);
            await foreach (SimulationEvent happened in _events.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                long dropped = Interlocked.Exchange(ref _dropped, 0);
                if (dropped > 0)
                {
                    _view.ShowDropped(dropped);
                }

                _view.Show(happened);
                Interlocked.Increment(ref _shown);
            }

            if (_summary is { } summary)
            {
                _view.ShowSummary(summary);
            }

            _view.End();
        }
        catch
        {
            // Nobody waits for a view that is gone.
            _events.Writer.TryComplete();
            _onFailure();
            throw;
        }
    }
}
