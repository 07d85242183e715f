using Boards.NativeSim.Faults;
using Boards.NativeSim.Simulation;

namespace Boards.NativeSim.Playback;

/// <summary>Devices, and what happens to them: the content of a file in <c>scenarios/</c>.</summary>
internal sealed record Scenario
{
    public required IReadOnlyList<ScenarioDevice> Devices { get; init; }

    public IReadOnlyList<WorldMove> World { get; init; } = [];

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Virtual time unless the command line says otherwise: what takes days cannot be watched.</summary>
    public bool IsFast { get; init; }

    /// <summary>Null: until Ctrl+C.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Plans what the world does, and tells of outputs with names. The faults are for <see cref="FaultSchedule"/>.</summary>
    public void PlanWorld(Scheduler scheduler, Action<SimulationEvent> watch)
    {
        for (int i = 0; i < Devices.Count; i++)
        {
            Tell(scheduler.Devices[i], Devices[i].Pins, scheduler, watch);
        }

        foreach (WorldMove move in World)
        {
            SimulatedDevice device = scheduler.Devices[move.Device - 1];
            void Begin(long ms) =>
                watch(new SimulationEvent("world", device.Id, scheduler.Time.StartUtc.AddMilliseconds(ms), Text: move.Begin(device, ms, scheduler)));
            if (move.IsInitial)
            {
                Begin(0);
            }
            else if (move.Output is { } output)
            {
                scheduler.Devices[output.Device - 1].Chip.Pins.Changed += (_, change) =>
                {
                    if (change.Pin == output.Pin && change.IsHigh == true == output.IsHigh)
                    {
                        Begin(change.AtMs);
                    }
                };
            }
            else
            {
                scheduler.At(move.At * 1000L, () => Begin(move.At * 1000L));
            }
        }
    }

    // A device that boots takes its pins several times.
    private static void Tell(SimulatedDevice device, IReadOnlyDictionary<string, int> names, Scheduler scheduler, Action<SimulationEvent> watch)
    {
        var last = new Dictionary<int, string>();
        device.Chip.Pins.Changed += (_, change) =>
        {
            foreach (string name in names.Where(pin => pin.Value == change.Pin).Select(pin => pin.Key))
            {
                string text = change.Percent is { } percent and > 0 and < 100
                    ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} goes to {percent} %")
                    : ContactMove.Text(name, change.IsHigh == true);
                if (last.GetValueOrDefault(change.Pin, ContactMove.Text(name, false)) != text)
                {
                    last[change.Pin] = text;
                    watch(new SimulationEvent("world", device.Id, scheduler.Time.StartUtc.AddMilliseconds(change.AtMs), Text: text));
                }
            }
        };
    }
}
