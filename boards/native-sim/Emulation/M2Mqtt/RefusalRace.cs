namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>
/// After a refusal the broker closes the connection. Whether the thread that connects sees the CONNACK first, or that the
/// connection ended, is chance: here that of the chip's seed.
/// </summary>
internal sealed class RefusalRace(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    public bool IsLost()
    {
        lock (_gate)
        {
            return _random.Next(2) == 0;
        }
    }
}
