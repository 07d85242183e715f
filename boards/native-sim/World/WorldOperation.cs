namespace Boards.NativeSim.World;

/// <summary>
/// Something that one thread begins and workers carry on: it is outstanding from the moment it begins until
/// <see cref="End"/>, but for the time in which the worker sleeps.
/// </summary>
public sealed class WorldOperation
{
    private static readonly AsyncLocal<WorldOperation?> s_current = new();

    private readonly WorldTime _time;
    private int _ended;

    internal WorldOperation(WorldTime time)
    {
        _time = time;
        time.Begin();
    }

    /// <summary>Whether the calling flow belongs to an operation that has not ended.</summary>
    internal static bool CallerIsInside => s_current.Value is { _ended: 0 };

    /// <summary>Threads and tasks that the caller starts meanwhile belong to the operation.</summary>
    /// <returns>Ends the caller's own part.</returns>
    public IDisposable Enter() => new Scope(this);

    /// <summary>It is over. Calling it again does nothing.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _time.End();
        }
    }

    private sealed class Scope : IDisposable
    {
        private readonly WorldOperation? _before = s_current.Value;

        public Scope(WorldOperation operation) => s_current.Value = operation;

        public void Dispose() => s_current.Value = _before;
    }
}
