using System.Diagnostics;

namespace Boards.NativeSim.World;

/// <summary>The world runs with the host's clock.</summary>
public sealed class RealTime : WorldTime
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The world begins now.</summary>
    public RealTime()
        : base(DateTime.UtcNow)
    {
    }

    /// <inheritdoc/>
    public override long NowMs => (long)Stopwatch.GetElapsedTime(_start).TotalMilliseconds;

    /// <inheritdoc/>
    public override void SleepWorker(int ms)
    {
        if (ms > 0)
        {
            Thread.Sleep(ms);
        }
    }

    /// <inheritdoc/>
    public override async Task Delay(WorldHold? hold, int ms, CancellationToken cancellation = default)
    {
        if (ms <= 0)
        {
            return;
        }

        hold?.Suspend();
        try
        {
            await Task.Delay(ms, cancellation).ConfigureAwait(false);
        }
        finally
        {
            hold?.Resume();
        }
    }
}
