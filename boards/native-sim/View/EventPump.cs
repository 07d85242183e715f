using System.Threading.Channels;
using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.View;

/// <summary>
/// Brings events from any thread to the view, in order. Whoever posts never waits: when the view is too slow, the
/// oldest events go and are counted.
/// </summary>
internal sealed class EventPump : IDisposable
{
    private const int Capacity = 16_384;
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly IView _view;
    private readonly Action _onFailure;
    private readonly Channel<SimulationEvent> _events;
    private Task _work = Task.CompletedTask;
    private long _dropped;

    /// <summary>Creates a pump; events may be posted from now on.</summary>
    /// <param name="view">Takes the events.</param>
    /// <param name="onFailure">Called once when the view fails.</param>
    public EventPump(IView view, Action onFailure)
    {
        _view = view;
        _onFailure = onFailure;
        var options = new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _events = Channel.CreateBounded<SimulationEvent>(options, _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>Takes an event, on any thread.</summary>
    /// <param name="happened">The event.</param>
    public void Post(SimulationEvent happened) => _events.Writer.TryWrite(happened);

    /// <summary>Begins to show.</summary>
    /// <param name="info">Broker and devices.</param>
    public void Start(RunInfo info) => _work = Task.Run(() => WorkAsync(info));

    /// <summary>Shows what is left and ends.</summary>
    /// <exception cref="IOException">The view could not write, and not because its reader had enough.</exception>
    public void Stop()
    {
        _events.Writer.TryComplete();
        if (Task.WaitAny([_work], EndPatience) != 0)
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
            }

            _view.End();
        }
        catch
        {
            _onFailure();
            throw;
        }
    }
}
