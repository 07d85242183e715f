namespace Boards.NativeSim.World;

/// <summary>
/// A counter that only <see cref="AdvanceTo"/> moves. A scheduler steps what is due, waits until
/// <see cref="WorldTime.Outstanding"/> is 0, then jumps to the next due moment or <see cref="NextWaiterMs"/>.
/// </summary>
public sealed class VirtualTime : WorldTime
{
    /// <summary>A worker that nobody wakes belongs to a world that is over, or to a faulty test: it must not hang without end.</summary>
    private static readonly TimeSpan StandstillLimit = TimeSpan.FromMinutes(2);

    private readonly object _gate = new();
    private readonly PriorityQueue<Waiter, (long DueMs, long Order)> _waiters = new();
    private long _nowMs;
    private long _order;

    /// <summary>Begins at the given moment.</summary>
    /// <param name="startUtc">UTC when the world begins; 2026-01-01 00:00 when left out.</param>
    public VirtualTime(DateTime? startUtc = null)
        : base(startUtc ?? new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc))
    {
    }

    /// <inheritdoc/>
    public override long NowMs => Volatile.Read(ref _nowMs);

    /// <summary>When the next sleeper wakes, in world milliseconds; <see cref="long.MaxValue"/> when none sleeps.</summary>
    public long NextWaiterMs
    {
        get
        {
            lock (_gate)
            {
                DropCancelled();
                return _waiters.TryPeek(out _, out (long DueMs, long Order) key) ? key.DueMs : long.MaxValue;
            }
        }
    }

    /// <summary>Moves time on and wakes, in order, who was waiting for it. A moment in the past is ignored.</summary>
    /// <param name="ms">World milliseconds.</param>
    public void AdvanceTo(long ms)
    {
        var due = new List<Waiter>();
        lock (_gate)
        {
            if (ms > _nowMs)
            {
                Volatile.Write(ref _nowMs, ms);
            }

            while (_waiters.TryPeek(out Waiter? waiter, out (long DueMs, long Order) key) && key.DueMs <= _nowMs)
            {
                _waiters.Dequeue();
                due.Add(waiter);
            }
        }

        foreach (Waiter waiter in due)
        {
            waiter.Wake();
        }
    }

    /// <summary>Moves time on.</summary>
    /// <param name="ms">By how many milliseconds.</param>
    public void AdvanceBy(long ms) => AdvanceTo(NowMs + ms);

    /// <inheritdoc/>
    public override void SleepWorker(int ms)
    {
        if (ms <= 0)
        {
            return;
        }

        Task wait = Delay(WorldHold.Current, ms);
        long seenMs = NowMs;
        while (!wait.Wait(StandstillLimit))
        {
            if (NowMs == seenMs)
            {
                throw new TimeoutException("A worker sleeps in virtual time and nobody advances it.");
            }

            seenMs = NowMs;
        }
    }

    /// <inheritdoc/>
    public override Task Delay(WorldHold? hold, int ms, CancellationToken cancellation = default)
    {
        if (ms <= 0)
        {
            return Task.CompletedTask;
        }

        var waiter = new Waiter(hold);
        lock (_gate)
        {
            _waiters.Enqueue(waiter, (_nowMs + ms, _order++));
        }

        // Only now: the scheduler must see the waiter before it sees nothing outstanding.
        hold?.Suspend();
        waiter.CancelWith(cancellation);
        return waiter.Task;
    }

    private void DropCancelled()
    {
        while (_waiters.TryPeek(out Waiter? waiter, out _) && waiter.IsOver)
        {
            _waiters.Dequeue();
        }
    }

    private sealed class Waiter(WorldHold? hold)
    {
        private readonly TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationTokenRegistration _registration;
        private int _over;

        public bool IsOver => Volatile.Read(ref _over) != 0;

        public Task Task => _woken.Task;

        public void CancelWith(CancellationToken cancellation) => _registration = cancellation.Register(() =>
        {
            if (TryEnd())
            {
                _woken.TrySetCanceled(cancellation);
            }
        });

        public void Wake()
        {
            if (TryEnd())
            {
                _woken.TrySetResult();
                _registration.Dispose();
            }
        }

        private bool TryEnd()
        {
            bool isFirst = Interlocked.Exchange(ref _over, 1) == 0;
            if (isFirst)
            {
                hold?.Resume();
            }

            return isFirst;
        }
    }
}
