using System.Collections.Concurrent;

namespace Boards.NativeSim.World;

/// <summary>
/// The one time of a simulated world, and what is under way outside the chips: virtual time must not move while
/// something is.
/// </summary>
public abstract class WorldTime
{
    private const int HoldsNamed = 8;
    private const int TransportPatienceMs = 2_000;

    private readonly ConcurrentDictionary<WorldHold, bool> _holds = new();
    private int _outstanding;
    private long _changes;

    /// <summary>Creates a time that begins at the given moment.</summary>
    /// <param name="startUtc">UTC when the world begins.</param>
    protected WorldTime(DateTime startUtc) => StartUtc = DateTime.SpecifyKind(startUtc, DateTimeKind.Utc);

    /// <summary>Nothing is outstanding any more. Raised on any thread; who looks then may find that something is again.</summary>
    public event EventHandler? BecameIdle;

    /// <summary>Who receives what devices publish.</summary>
    public TopicReaders Readers { get; } = new();

    /// <summary>UTC when the world began.</summary>
    public DateTime StartUtc { get; }

    /// <summary>
    /// How long virtual time stands still for an answer that does not come while nothing else happens either, in
    /// milliseconds of the host. Longer where the broker is known to answer.
    /// </summary>
    public int AnswerPatienceMs { get; set; } = 2_000;

    /// <summary>How long it waits for a peer that may not be there, in milliseconds of the host.</summary>
    public int StrangerPatienceMs { get; set; } = 1_000;

    /// <summary>
    /// How long virtual time stands still while nothing happens at all, in milliseconds of the host. What takes longer is a
    /// mistake, and must be an error and not a hang.
    /// </summary>
    public int StandstillMs { get; set; } = 30_000;

    /// <summary>
    /// Milliseconds of the host by which comes late what one thread hands to another at a place, as on a busy host; null for
    /// none. It must not change what a world in virtual time does.
    /// </summary>
    public Func<HandOverPlace, int>? HandOverMs { get; set; }

    /// <summary>Milliseconds since the world began; never goes back.</summary>
    public abstract long NowMs { get; }

    /// <summary>UTC now.</summary>
    public DateTime UtcNow => StartUtc.AddMilliseconds(NowMs);

    /// <summary>How much is under way outside and not asleep.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Differs whenever something outside has begun, slept or ended meanwhile.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>Begins something that holds virtual time until it ends.</summary>
    /// <param name="what">What it is, for people.</param>
    /// <param name="device">Number of the device; 0 for none.</param>
    /// <param name="kind">Who ends it; <see cref="GiveUp"/> may do so too, if it is not our own.</param>
    /// <returns>The hold; any thread may end it.</returns>
    public WorldHold Begin(string what, int device = 0, HoldKind kind = HoldKind.Own) => new(this, what, device, kind);

    /// <summary>
    /// Holds time for the calling worker until disposed of; <see cref="SleepWorker"/> lets it go on meanwhile. A worker
    /// that belongs to something held is held already.
    /// </summary>
    /// <param name="what">What it does, for people.</param>
    /// <param name="device">Number of the device.</param>
    /// <returns>The scope.</returns>
    public IDisposable BeginWorker(string what, int device) =>
        new WorkerScope(WorldHold.Current is null ? Begin(what, device) : null);

    /// <summary>Nothing has happened for a while: time goes on without the answers that were to come meanwhile.</summary>
    /// <param name="quietMs">For how many milliseconds of the host.</param>
    /// <returns>Whether there was any.</returns>
    public bool GiveUp(long quietMs)
    {
        bool any = false;
        foreach ((WorldHold hold, _) in _holds)
        {
            if (quietMs >= PatienceMs(hold.Kind))
            {
                hold.End();
                any = true;
            }
        }

        return any;
    }

    /// <summary>Called where one thread is about to hand something to another.</summary>
    /// <param name="place">Where.</param>
    public void HandOver(HandOverPlace place)
    {
        if (HandOverMs?.Invoke(place) is int ms and > 0)
        {
            Thread.Sleep(ms);
        }
    }

    /// <summary>Names what holds time.</summary>
    /// <returns>The first few.</returns>
    public string DescribeHolds()
    {
        string[] names = [.. _holds.Keys.Select(hold => hold.ToString()).Order(StringComparer.Ordinal)];
        string more = names.Length > HoldsNamed ? $" and {names.Length - HoldsNamed} more" : string.Empty;
        return string.Join(", ", names.Take(HoldsNamed)) + more;
    }

    /// <summary>
    /// Sends a request to a peer and blocks the calling worker until the response. It holds time as a response does; once
    /// that is given up, the timeout counts the world's time.
    /// </summary>
    /// <typeparam name="T">The response.</typeparam>
    /// <param name="what">What is awaited, for people.</param>
    /// <param name="device">Number of the device.</param>
    /// <param name="kind">Who responds.</param>
    /// <param name="timeoutMs">Milliseconds of the world's time.</param>
    /// <param name="ask">Sends the request; cancelled at the timeout.</param>
    /// <returns>The response.</returns>
    /// <exception cref="TimeoutException">No response within <paramref name="timeoutMs"/>.</exception>
    public T Await<T>(string what, int device, HoldKind kind, int timeoutMs, Func<CancellationToken, Task<T>> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        using var limit = new CancellationTokenSource();
        WorldHold? caller = WorldHold.Current;
        WorldHold answer = Begin(what, device, kind);
        try
        {
            Task timeout = Delay(caller, timeoutMs, limit.Token);
            Task<T> asked = ask(limit.Token);
            Task.WhenAny(asked, timeout).GetAwaiter().GetResult();
            return asked.IsCompleted ? asked.GetAwaiter().GetResult() : throw new TimeoutException($"No {what}.");
        }
        finally
        {
            // First: between the two holds time must not move.
            caller?.Resume();
            limit.Cancel();
            answer.End();
        }
    }

    /// <summary>Blocks the calling worker thread. What it belongs to does not hold time meanwhile.</summary>
    /// <param name="ms">Milliseconds of the world's time; 0 or less returns at once.</param>
    public abstract void SleepWorker(int ms);

    /// <summary>
    /// Waits without a thread. A hold that is given does not hold time meanwhile, and does again from the moment of
    /// waking on, or of cancelling, so that time cannot slip on in between.
    /// </summary>
    /// <param name="hold">The caller's; null for none.</param>
    /// <param name="ms">Milliseconds of the world's time.</param>
    /// <param name="cancellation">Ends the wait early, as cancelled.</param>
    /// <returns>A task done when the time has come.</returns>
    public abstract Task Delay(WorldHold? hold, int ms, CancellationToken cancellation = default);

    internal void Count(WorldHold hold)
    {
        Interlocked.Increment(ref _outstanding);
        Interlocked.Increment(ref _changes);
        _holds[hold] = true;
    }

    internal void Uncount(WorldHold hold)
    {
        _holds.TryRemove(hold, out _);
        Interlocked.Increment(ref _changes);
        Interlocked.Decrement(ref _outstanding);
    }

    internal void TellIfIdle()
    {
        if (Outstanding == 0)
        {
            BecameIdle?.Invoke(this, EventArgs.Empty);
        }
    }

    private long PatienceMs(HoldKind kind) => kind switch
    {
        HoldKind.Answer => AnswerPatienceMs,
        HoldKind.Stranger => StrangerPatienceMs,
        HoldKind.Transport => Math.Max(AnswerPatienceMs, TransportPatienceMs),
        _ => long.MaxValue,
    };

    private sealed class WorkerScope(WorldHold? hold) : IDisposable
    {
        private readonly IDisposable? _flow = hold?.Enter();

        public void Dispose()
        {
            _flow?.Dispose();
            hold?.End();
        }
    }
}
