using Firmware.Platform;

namespace Benchmarks;

/// <summary>A clock that stands still: reading it costs nothing worth measuring.</summary>
internal sealed class FixedClock : IClock
{
    public long Uptime { get; set; } = 60_000;

    public bool IsSynchronized => true;

    public long UtcSeconds => 1_795_366_425;

    public long UtcMilliseconds => UtcSeconds * 1000;

    public long SynchronizedAt => 0;

    public long AnsweredAt => -1;

    public long Answer => 0;

    public void SetUtc(long utcMilliseconds, bool isAnswer)
    {
    }

    public void AskTime(string[] servers)
    {
    }

    public void Wait(int milliseconds)
    {
    }

    public void Wake()
    {
    }
}
