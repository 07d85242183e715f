using Boards.NativeSim.Faults;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;

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

    /// <summary>Plans what the world does. The faults are for <see cref="FaultSchedule"/>.</summary>
    public void PlanWorld(Scheduler scheduler, Action<SimulationEvent> watch)
    {
        foreach (WorldMove move in World)
        {
            SimulatedDevice device = scheduler.Devices[move.Device - 1];
            if (move.Output is not { } output)
            {
                scheduler.At(move.At * 1000L, () => Apply(move, device, scheduler.Time.StartUtc.AddSeconds(move.At), watch));
                continue;
            }

            scheduler.Devices[output.Device - 1].Chip.Pins.Changed += (_, change) =>
            {
                if (change.Pin == output.Pin && change.IsHigh == true == output.IsHigh)
                {
                    Apply(move, device, scheduler.Time.StartUtc.AddMilliseconds(change.AtMs), watch);
                }
            };
        }
    }

    private static void Apply(WorldMove move, SimulatedDevice device, DateTime from, Action<SimulationEvent> watch)
    {
        Room room = device.Chip.Room;
        double way = Math.Abs(move.To - room.ValueOf(move.Quantity, from));
        TimeSpan over = move.Rate is { } rate ? TimeSpan.FromMinutes(way / rate) : TimeSpan.Zero;
        room.Move(move.Quantity, from, over, move.To);
        watch(new SimulationEvent("world", device.Id, from, Text: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{move.Name} goes to {move.To} in {over.TotalSeconds:0} s")));
    }
}
