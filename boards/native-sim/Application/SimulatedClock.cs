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
    private long _synchronizedAt = Never;

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
    /// <remarks>The port infers it from a jump of the clock, which there is not always here: a clock may be without drift.</remarks>
    public long SynchronizedAt
    {
        get
        {
            // A clock that the firmware has set, or that was right before a sleep, is no answer.
            bool isAnswered = _askedAt != Never && Uptime - _askedAt >= AnswerMs
                && _chip.Radio.IsJoined && _chip.Clock.AnsweredAtMs >= _chip.BootedAtMs + _askedAt;
            if (isAnswered)
            {
                _synchronizedAt = Uptime;
                _askedAt = Never;
            }

            return _synchronizedAt;
        }
    }

    /// <inheritdoc/>
    public long UtcMilliseconds => new DateTimeOffset(_chip.UtcNow).ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public void SetUtc(long utcMilliseconds) => _chip.Clock.Set(DateTimeOffset.FromUnixTimeMilliseconds(utcMilliseconds).UtcDateTime);

    /// <inheritdoc/>
    public void AskTime(string[] servers)
    {
        _askedAt = Uptime;
        _chip.Clock.StartAsking();
    }

    /// <inheritdoc/>
    public void Wait(int milliseconds) => throw new NotSupportedException("The scheduler waits for the simulated devices.");

    /// <inheritdoc/>
    public void Wake() => _wake();
}
