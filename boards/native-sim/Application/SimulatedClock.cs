using Boards.NativeSim.World;
using Firmware.Platform;

namespace Boards.NativeSim;

/// <summary>The chip's time. The scheduler does the waiting, for all devices at once.</summary>
public sealed class SimulatedClock : IClock
{
    private const long AnswerMs = 200;
    private const long Never = -1;

    private readonly SimulatedChip _chip;
    private readonly Action _wake;
    private long _askedAt = Never;
    private long _answeredAt = Never;

    /// <summary>Creates the clock of a chip.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="wake">Tells the scheduler that the device has a signal.</param>
    public SimulatedClock(SimulatedChip chip, Action wake)
    {
        _chip = chip;
        _wake = wake;
    }

    /// <inheritdoc/>
    public long Uptime => _chip.UptimeMs;

    /// <inheritdoc/>
    public bool IsSynchronized => _chip.ClockSynchronized;

    /// <inheritdoc/>
    public long UtcSeconds => new DateTimeOffset(_chip.UtcNow).ToUnixTimeSeconds();

    /// <inheritdoc/>
    public long SynchronizedAt { get; private set; } = Never;

    /// <inheritdoc/>
    public long AnsweredAt
    {
        get
        {
            if (_askedAt != Never && Uptime - _askedAt >= AnswerMs)
            {
                _askedAt = Never;
                if (_chip.Radio.IsJoined && _chip.Radio.TimeServerReachable)
                {
                    Answer = new DateTimeOffset(_chip.WorldUtcNow).ToUnixTimeMilliseconds();
                    _answeredAt = Uptime;
                }
            }

            return _answeredAt;
        }
    }

    /// <inheritdoc/>
    public long Answer { get; private set; }

    /// <inheritdoc/>
    public long UtcMilliseconds => new DateTimeOffset(_chip.UtcNow).ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public void SetUtc(long utcMilliseconds, bool isAnswer)
    {
        _chip.Clock.Set(DateTimeOffset.FromUnixTimeMilliseconds(utcMilliseconds).UtcDateTime);
        SynchronizedAt = isAnswer ? Uptime : SynchronizedAt;
    }

    /// <inheritdoc/>
    public void AskTime(string[] servers) => _askedAt = Uptime;

    /// <inheritdoc/>
    public void Wait(int milliseconds) => throw new NotSupportedException("The scheduler waits for the simulated devices.");

    /// <inheritdoc/>
    public void Wake() => _wake();
}
