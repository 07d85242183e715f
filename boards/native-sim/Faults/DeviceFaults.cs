using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;

namespace Boards.NativeSim.Faults;

/// <summary>The faults that a device has now. Where several of a kind overlap, the last one that began applies.</summary>
internal sealed class DeviceFaults(SimulatedDevice device)
{
    private readonly List<Fault> _active = [];
    private readonly double _ownDriftPpm = device.Chip.SleepTimer.DriftPpm;

    public SimulatedDevice Device => device;

    public void Expect(Fault fault)
    {
        if (fault.Kind == FaultKind.Pin)
        {
            device.Chip.Pins.Wire(fault.Pin, !fault.IsHigh);
        }
    }

    public void Begin(Fault fault)
    {
        if (fault.Kind == FaultKind.Power)
        {
            BeginPowerCut(fault);
            return;
        }

        _active.Add(fault);
        if (fault.Kind == FaultKind.Pin)
        {
            device.Chip.Pins.Wire(fault.Pin, fault.IsHigh);
        }

        Apply();
    }

    public void End(Fault fault)
    {
        if (_active.Remove(fault))
        {
            Expect(fault);
            Apply();
        }
    }

    private void BeginPowerCut(Fault fault)
    {
        device.PowerBackAfterMs = fault.For * 1000;
        if (fault.Write == 0)
        {
            device.CutPower();
        }
        else
        {
            device.Chip.Flash.CutPowerAtWrite(fault.Write, fault.Keep);
        }
    }

    private void Apply()
    {
        SimulatedRadio radio = device.Chip.Radio;
        bool inRange = !Has(FaultKind.Wifi);
        if (radio.InRange != inRange)
        {
            radio.InRange = inRange;
        }

        radio.BrokerReachable = !Has(FaultKind.Broker);
        radio.LatencyMs = Last(FaultKind.Latency)?.Ms ?? 0;
        device.Chip.Flash.Full = Has(FaultKind.Flash);
        int ppm = Last(FaultKind.Clock)?.Ppm ?? 0;
        if ((int)device.Chip.Clock.DriftPpm != ppm)
        {
            device.Chip.Clock.DriftPpm = ppm;
        }

        device.Chip.SleepTimer.DriftPpm = Last(FaultKind.Drift)?.Ppm ?? _ownDriftPpm;
        foreach (I2cChip chip in SensorList.Addresses.Select(device.Chip.Bus.At).OfType<I2cChip>())
        {
            SensorFault fault = OfSensor(chip.Address);

            // Each time it is set, a dip of the supply begins.
            if (chip.Fault != fault)
            {
                chip.Fault = fault;
            }
        }

        foreach (SimulatedDs18b20 sensor in device.Chip.OneWire.Attached)
        {
            sensor.Fault = OfSensor(sensor.Number);
        }
    }

    private SensorFault OfSensor(int address) =>
        _active.FindLast(f => f.Kind == FaultKind.Sensor && (f.Address ?? address) == address)?.Sensor ?? SensorFault.None;

    private bool Has(FaultKind kind) => Last(kind) is not null;

    private Fault? Last(FaultKind kind) => _active.FindLast(fault => fault.Kind == kind);
}
