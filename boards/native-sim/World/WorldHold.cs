namespace Boards.NativeSim.World;

/// <summary>
/// Something under way outside the chips (a connect, an answer of the broker, an event on its way to the firmware):
/// virtual time does not move while it is held. It has a name, so that a hold that nobody ends can be reported.
/// </summary>
public sealed class WorldHold
{
    private static readonly AsyncLocal<WorldHold?> s_current = new();

    private readonly WorldTime _time;
    private readonly string _what;
    private readonly int _device;
    private readonly object _gate = new();
    private State _state;

    internal WorldHold(WorldTime time, string what, int device, HoldKind kind)
    {
        _time = time;
        _what = what;
        _device = device;
        Kind = kind;
        time.Count(this);
    }

    private enum State
    {
        Held,
        Suspended,
        Ended,
    }

    /// <summary>The one that the calling flow belongs to; null when there is none, or it has ended.</summary>
    internal static WorldHold? Current => s_current.Value is { _state: not State.Ended } hold ? hold : null;

    /// <summary>Who ends it.</summary>
    internal HoldKind Kind { get; }

    /// <summary>Whether it is over, or was given up.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_gate)
            {
                return _state == State.Ended;
            }
        }
    }

    /// <summary>Threads and tasks that the caller starts meanwhile belong to it: while one of them sleeps, it is suspended.</summary>
    /// <returns>Ends the caller's own part.</returns>
    public IDisposable Enter() => new Scope(this);

    /// <summary>Time may move, until <see cref="Resume"/>.</summary>
    public void Suspend() => Leave(State.Suspended);

    /// <summary>It holds time again, unless it has ended.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (_state == State.Suspended)
            {
                _state = State.Held;
                _time.Count(this);
            }
        }
    }

    /// <summary>It is over. Calling it again does nothing.</summary>
    public void End() => Leave(State.Ended);

    /// <inheritdoc/>
    public override string ToString() => _device == 0 ? _what : $"{_what} of device {_device}";

    private void Leave(State next)
    {
        bool wasHeld;
        lock (_gate)
        {
            wasHeld = _state == State.Held;
            _state = _state == State.Ended ? State.Ended : next;
            if (wasHeld)
            {
                _time.Uncount(this);
            }
        }

        if (wasHeld)
        {
            _time.TellIfIdle();
        }
    }

    private sealed class Scope : IDisposable
    {
        private readonly WorldHold? _before = s_current.Value;

        public Scope(WorldHold hold) => s_current.Value = hold;

        public void Dispose() => s_current.Value = _before;
    }
}
