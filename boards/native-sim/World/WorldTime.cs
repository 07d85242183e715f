namespace Boards.NativeSim.World;

/// <summary>
/// The one time of a simulated world, and the count of what is under way outside the chips
/// (a connect, an acknowledgement): virtual time must not move while something is.
/// </summary>
public abstract class WorldTime
{
    [ThreadStatic]
    private static int s_countedWorkers;

    private int _outstanding;

    /// <summary>Creates a time that begins at the given moment.</summary>
    /// <param name="startUtc">UTC when the world begins.</param>
    protected WorldTime(DateTime startUtc) => StartUtc = DateTime.SpecifyKind(startUtc, DateTimeKind.Utc);

    /// <summary>Nothing is outstanding any more. Raised on any thread; who looks then may find that something is again.</summary>
    public event EventHandler? BecameIdle;

    /// <summary>UTC when the world began.</summary>
    public DateTime StartUtc { get; }

    /// <summary>
    /// How long virtual time stands still for an answer of a broker that does not come, in milliseconds of the host. Longer
    /// where the broker is known to answer, however busy the host.
    /// </summary>
    public int AnswerPatienceMs { get; set; } = 2_000;

    /// <summary>Milliseconds since the world began; never goes back.</summary>
    public abstract long NowMs { get; }

    /// <summary>UTC now.</summary>
    public DateTime UtcNow => StartUtc.AddMilliseconds(NowMs);

    /// <summary>External operations under way and not asleep.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>True when the calling thread is inside a <see cref="BeginWorker"/> scope or an operation.</summary>
    protected static bool CallerIsCounted => s_countedWorkers > 0 || WorldOperation.CallerIsInside;

    /// <summary>Counts an external operation; <see cref="End"/> may come from another thread.</summary>
    public void Begin() => Interlocked.Increment(ref _outstanding);

    /// <summary>An external operation is over.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _outstanding) == 0)
        {
            BecameIdle?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Begins an operation that a worker thread will carry on.</summary>
    /// <returns>The operation.</returns>
    public WorldOperation BeginOperation() => new(this);

    /// <summary>
    /// Counts the calling thread as an external operation until disposed on the same thread.
    /// <see cref="SleepWorker"/> on that thread is not counted while it sleeps.
    /// </summary>
    /// <returns>The scope.</returns>
    public IDisposable BeginWorker()
    {
        // A thread inside an operation is counted already; twice would let time stand still while it sleeps.
        bool isCounted = !CallerIsCounted;
        if (isCounted)
        {
            Begin();
            s_countedWorkers++;
        }

        return new WorkerScope(isCounted ? this : null);
    }

    /// <summary>Blocks the calling worker thread.</summary>
    /// <param name="ms">Milliseconds of the world's time; 0 or less returns at once.</param>
    public abstract void SleepWorker(int ms);

    /// <summary>Waits without a thread. The wait itself is not counted as outstanding.</summary>
    /// <param name="ms">Milliseconds of the world's time.</param>
    /// <param name="cancellation">Ends the wait early, as cancelled.</param>
    /// <returns>A task done when the time has come.</returns>
    public abstract Task Delay(int ms, CancellationToken cancellation = default);

    /// <summary>
    /// As <see cref="Delay"/>, for a caller that holds one <see cref="Begin"/>: not counted while it waits,
    /// counted again at the moment of waking, so that time cannot slip on in between.
    /// </summary>
    /// <param name="ms">Milliseconds of the world's time.</param>
    /// <returns>A task done when the time has come.</returns>
    public abstract Task DelayCounted(int ms);

    private sealed class WorkerScope(WorldTime? time) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            if (time is not null)
            {
                s_countedWorkers--;
                time.End();
            }
        }
    }
}
