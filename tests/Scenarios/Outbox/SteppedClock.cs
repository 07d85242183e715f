using Firmware.Platform;

namespace Scenarios.Outbox;

/// <summary>A clock that a test moves; its uptime starts at 0 at each boot.</summary>
internal sealed class SteppedClock : IClock
{
    private long _bootedAt;

    public long Now { get; set; }

    public bool IsSynchronized { get; set; } = true;

    public long Uptime => Now - _bootedAt;

    public long SynchronizedAt => IsSynchronized ? 0 : -1;

    public long UtcSeconds => UtcMilliseconds / 1000;

    public long UtcMilliseconds => 1_800_000_000_000 + Now;

    public void Boot() => _bootedAt = Now;

    public void Wait(int milliseconds)
    {
    }

    public void Wake()
    {
    }

    public long AnsweredAt => -1;

    public long Answer => 0;

    public void SetUtc(long utcMilliseconds, bool isAnswer)
    {
    }

    public void AskTime(string[] servers)
    {
    }
}
