using Boards.NativeSim.Simulation;
using Boards.NativeSim.View;

namespace Boards.NativeSim.Faults;

internal sealed class FaultSchedule
{
    private readonly Scheduler _scheduler;
    private readonly List<DeviceFaults> _devices;
    private readonly Action<bool> _switchBroker;
    private readonly Action<SimulationEvent> _watch;
    private int _brokerFaults;

    public FaultSchedule(Scheduler scheduler, Action<bool> switchBroker, Action<SimulationEvent> watch)
    {
        _scheduler = scheduler;
        _devices = [.. scheduler.Devices.Select(device => new DeviceFaults(device))];
        _switchBroker = switchBroker;
        _watch = watch;
    }

    public void Add(Fault fault)
    {
        Concerned(fault).ForEach(device => device.Expect(fault));
        Plan(fault, fault.At * 1000L);
    }

    private void Plan(Fault fault, long atMs)
    {
        _scheduler.At(atMs, () =>
        {
            Begin(fault);
            if (fault.For is { } seconds && fault.Kind != FaultKind.Power)
            {
                _scheduler.At(atMs + (seconds * 1000L), () => End(fault));
            }

            if (fault.Every is { } period)
            {
                Plan(fault, atMs + (period * 1000L));
            }
        });
    }

    private void Begin(Fault fault)
    {
        Tell(fault, "begins");

        // The devices first: their connections end at this moment of the world, not when the host gets to it.
        Concerned(fault).ForEach(device => device.Begin(fault));
        if (IsBrokerItself(fault) && _brokerFaults++ == 0)
        {
            _switchBroker(false);
        }
    }

    private void End(Fault fault)
    {
        Tell(fault, "ends");
        if (IsBrokerItself(fault) && --_brokerFaults == 0)
        {
            _switchBroker(true);
        }

        Concerned(fault).ForEach(device => device.End(fault));
    }

    private static bool IsBrokerItself(Fault fault) => fault is { Kind: FaultKind.Broker, Device: null };

    private List<DeviceFaults> Concerned(Fault fault) =>
        fault.Device is null ? _devices : _devices.FindAll(device => device.Device.Chip.Number == fault.Device);

    private void Tell(Fault fault, string what)
    {
        string who = fault.Device is null ? RunInfo.Program : Concerned(fault).FirstOrDefault()?.Device.Id ?? RunInfo.Program;
        string text = $"{fault.Kind.ToString().ToLowerInvariant()} {what}";
        _watch(new SimulationEvent("fault", who, _scheduler.Time.UtcNow, Text: text));
    }
}
