namespace Boards.NativeSim.Faults;

/// <summary>What may go wrong on purpose.</summary>
internal enum FaultKind
{
    /// <summary>No access point is in range.</summary>
    Wifi,

    /// <summary>The broker is gone: an embedded one is stopped, another cannot be reached.</summary>
    Broker,

    /// <summary>Each answer of the broker takes longer.</summary>
    Latency,

    /// <summary>A sensor does not work as it should.</summary>
    Sensor,

    /// <summary>Nothing can be written to the flash.</summary>
    Flash,

    /// <summary>The power is cut, at once or at a write to the flash.</summary>
    Power,

    /// <summary>The wall clock drifts.</summary>
    Clock,

    /// <summary>The clock that counts deep sleep drifts.</summary>
    Drift,

    /// <summary>Something outside pulls a pin.</summary>
    Pin,
}
