using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.Delivery;

internal sealed class Ledger
{
    private readonly IReadOnlyList<SimulatedDevice> _devices;
    private readonly Dictionary<string, DeliveryLog> _byTopic;

    public Ledger(IReadOnlyList<SimulatedDevice> devices, string prefix)
    {
        _devices = devices;
        _byTopic = devices.ToDictionary(device => $"{prefix}/{device.Id}/telemetry", device => device.Deliveries);
        Filter = $"{prefix}/+/telemetry";
    }

    public string Filter { get; }

    public bool IsComplete => _devices.All(device => device.Deliveries.AcknowledgedOnly == 0);

    public void Arrived(string topic, ReadOnlySpan<byte> payload)
    {
        if (_byTopic.TryGetValue(topic, out DeliveryLog? log))
        {
            log.Arrived(payload);
        }
    }

    /// <summary>The observer of the broker may have missed anything up to now.</summary>
    public void Missed()
    {
        foreach (SimulatedDevice device in _devices)
        {
            device.Deliveries.Missed();
        }
    }

    public Summary Sum(DateTime time, bool isWatched)
    {
        long Total(Func<SimulatedDevice, long> figure) => _devices.Sum(figure);
        return new Summary(
            time,
            Total(device => device.Figures.Readings),
            Total(device => device.Deliveries.PacksSent),
            Total(device => device.Deliveries.PacksAcknowledged),
            isWatched ? Total(Lost) : null,
            isWatched ? Total(device => device.Deliveries.Unseen) : null,
            isWatched ? Total(device => device.Deliveries.Duplicates) : null,
            Total(device => device.Figures.Dropped),
            Total(device => device.Figures.Reconnects),
            Total(device => device.Figures.Outbox),
            Total(device => device.Balance.Cut))
        {
            Energy = _devices.Any(device => device.HasSlept) ? EnergySummary.Sum([.. _devices.Select(device => device.Energy)]) : null,
        };
    }

    // Acknowledged readings that never arrived, and readings that are gone without an acknowledgement.
    private static long Lost(SimulatedDevice device) =>
        device.Deliveries.AcknowledgedOnly + device.Balance.Lost;
}
