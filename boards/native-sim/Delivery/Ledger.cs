using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.Delivery;

/// <summary>The accounts of all devices, found by the topic on which a pack arrives.</summary>
internal sealed class Ledger
{
    private readonly IReadOnlyList<SimulatedDevice> _devices;
    private readonly Dictionary<string, DeliveryLog> _byTopic;

    /// <summary>Opens the accounts.</summary>
    /// <param name="devices">The devices.</param>
    /// <param name="prefix">First level or levels of their topics.</param>
    public Ledger(IReadOnlyList<SimulatedDevice> devices, string prefix)
    {
        _devices = devices;
        _byTopic = devices.ToDictionary(device => $"{prefix}/{device.Id}/telemetry", device => device.Deliveries);
        Filter = $"{prefix}/+/telemetry";
    }

    /// <summary>Topic filter of all telemetry.</summary>
    public string Filter { get; }

    /// <summary>Whether all that the broker acknowledged has arrived.</summary>
    public bool IsComplete => _devices.All(device => device.Deliveries.AcknowledgedOnly == 0);

    /// <summary>A message has arrived at the broker.</summary>
    /// <param name="topic">Its topic; whatever is no telemetry is ignored.</param>
    /// <param name="payload">Its payload.</param>
    public void Arrived(string topic, ReadOnlySpan<byte> payload)
    {
        if (_byTopic.TryGetValue(topic, out DeliveryLog? log))
        {
            log.Arrived(payload);
        }
    }

    /// <summary>Adds up.</summary>
    /// <param name="time">When the run ended.</param>
    /// <param name="isWatched">Whether arrivals were seen.</param>
    /// <returns>The figures.</returns>
    public Summary Sum(DateTime time, bool isWatched)
    {
        long Total(Func<SimulatedDevice, long> figure) => _devices.Sum(figure);
        return new Summary(
            time,
            Total(device => device.Figures.Readings),
            Total(device => device.Deliveries.PacksSent),
            Total(device => device.Deliveries.PacksAcknowledged),
            isWatched ? Total(Lost) : null,
            isWatched ? Total(device => device.Deliveries.Duplicates) : null,
            Total(device => device.Figures.Dropped),
            Total(device => device.Figures.Reconnects),
            Total(device => device.Figures.Outbox),
            Total(device => device.Balance.Cut))
        {
            Energy = _devices.Any(device => device.HasSlept) ? EnergySummary.Sum([.. _devices.Select(device => device.Energy)]) : null,
        };
    }

    // What was acknowledged and never arrived, and what is gone without having been acknowledged.
    private static long Lost(SimulatedDevice device) =>
        device.Deliveries.AcknowledgedOnly + device.Balance.Lost;
}
