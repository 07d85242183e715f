namespace Boards.NativeSim.Faults;

internal enum FaultKind
{
    Wifi,

    Broker,

    Latency,

    Sensor,

    Flash,

    Power,

    Clock,

    Drift,

    Pin,
}
