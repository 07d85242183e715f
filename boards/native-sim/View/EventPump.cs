using System.Threading.Channels;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;
using M2m.Client.View;

namespace Boards.NativeSim.View;

/// <summary>
/// Passes events from any thread to the view, in order. When the view is too slow, the oldest events are dropped and
/// counted; in virtual time the sender waits instead.
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

    public EventPump(IView view, Action onFailure, bool waits)
    {
        _waits = waits;
        _view = view;
        _onFailure = onFailure;
        var options = new BoundedChannelOptions(Capacity) { FullMode = waits ? BoundedChannelFullMode.Wait : BoundedChannelFullMode.DropOldest, SingleReader = true };
        _events = Channel.CreateBounded<SimulationEvent>(options, _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>May be called on any thread.</summary>
    public void Post(SimulationEvent happened)
    {
        while (!_events.Writer.TryWrite(happened) && _waits && _events.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
        {
        }
    }

    public void Start(RunInfo info) => _work = Task.Run(() => WorkAsync(info));

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
            // The reader closed the pipe.
        }
    }

    // A run in virtual time waits as long as the reader makes progress.
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
            // No sender may wait for a view that has failed.
            _events.Writer.TryComplete();
            _onFailure();
            throw;
        }
    }
}
