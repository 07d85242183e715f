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
    public override Task Delay(int ms, CancellationToken cancellation = default) =>
        ms <= 0 ? Task.CompletedTask : Task.Delay(ms, cancellation);

    /// <inheritdoc/>
    public override async Task DelayCounted(int ms)
    {
        End();
        await Delay(ms).ConfigureAwait(false);
        Begin();
    }
}
