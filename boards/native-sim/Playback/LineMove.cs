using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.Playback;

/// <summary>A meter on the serial line dies or lives again, or the line becomes noisy.</summary>
internal sealed record LineMove : WorldMove
{
    private const int Percent = 100;

    /// <summary>0: the line.</summary>
    public int Address { get; init; }

    public bool IsAlive { get; init; }

    /// <summary>Of how many answers in a hundred a bit turns.</summary>
    public int NoisePercent { get; init; }

    /// <inheritdoc/>
    public override string Begin(SimulatedDevice device, long ms, Scheduler scheduler)
    {
        if (Address > 0)
        {
            device.SerialMeters[Address - 1].IsDead = !IsAlive;
            return $"meter {Address} {(IsAlive ? "answers" : "does not answer")}";
        }

        var random = new Random(device.Chip.Seed);
        device.Chip.Serial.Disturb = NoisePercent == 0 ? null : answer =>
        {
            lock (random)
            {
                if (random.Next(Percent) < NoisePercent)
                {
                    answer = (byte[])answer.Clone();
                    answer[random.Next(answer.Length)] ^= (byte)(1 << random.Next(8));
                }

                return answer;
            }
        };
        return $"a bit turns in {NoisePercent} % of the answers on the serial line";
    }
}
