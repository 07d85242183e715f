using Boards.NativeSim.World;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>Sends a packet again that is not answered in time, until it has been sent often enough.</summary>
internal sealed class Resending(SimulatedChip chip, ConnectionLimits limits, Action<InflightMessage> send, Action<InflightMessage> giveUp)
{
    private const int LaggingWorkItems = 50;
    private const int LongestLagWaits = 20;

    /// <summary>A packet is about to be sent. The wait counts the world's time; its result belongs to the moment of waking.</summary>
    public async Task Watch(InflightMessage message, CancellationToken answered)
    {
        WorldHold hold = chip.Time.Begin("resending", chip.Number);
        try
        {
            await WaitForAnswer(hold, answered).ConfigureAwait(false);
            (message.Attempts < limits.Attempts ? send : giveUp)(message);
        }
        catch (OperationCanceledException)
        {
            // Answered, or the connection is gone.
        }
        finally
        {
            hold.End();
        }
    }

    // A thousand devices share one host with their broker. While the host lags, an answer may long be there and only
    // wait for its turn; resending would make it worse. Virtual time waits for an answer anyway.
    private async Task WaitForAnswer(WorldHold hold, CancellationToken answered)
    {
        int waits = 0;
        do
        {
            await chip.Time.Delay(hold, limits.RetryMs, answered).ConfigureAwait(false);
        }
        while (chip.Time is RealTime && ThreadPool.PendingWorkItemCount > LaggingWorkItems && ++waits < LongestLagWaits);
    }
}
