using Boards.NativeSim.Simulation;
using Boards.NativeSim.View;

namespace Boards.NativeSim.Faults;

/// <summary>Lets faults begin and end at their moments of the world.</summary>
internal sealed class FaultSchedule
{
    private readonly Scheduler _scheduler;
    private readonly List<DeviceFaults> _devices;
    private readonly Action<bool> _switchBroker;
    private readonly Action<SimulationEvent> _watch;
    private int _brokerFaults;

    /// <summary>Creates a schedule for the devices that there are.</summary>
    /// <param name="scheduler">Has the devices.</param>
    /// <param name="switchBroker">Stops (false) or starts (true) the broker, where it is ours.</param>
    /// <param name="watch">Told of each beginning and end.</param>
    public FaultSchedule(Scheduler scheduler, Action<bool> switchBroker, Action<SimulationEvent> watch)
    {
        _scheduler = scheduler;
        _devices = [.. scheduler.Devices.Select(device => new DeviceFaults(device))];
        _switchBroker = switchBroker;
        _watch = watch;
    }

    /// <summary>Plans a fault. Its times count from the beginning of the world.</summary>
    /// <param name="fault">The fault.</param>
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

        // The devices first: their connections break at this very moment, not when the host gets round to it.
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
