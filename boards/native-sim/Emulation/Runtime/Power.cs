using Boards.NativeSim.World;

namespace nanoFramework.Runtime.Native;

/// <summary>Restarting unwinds to the scheduler with an exception of the simulated world.</summary>
public class Power
{
    public static event RebootEventHandler? OnRebootEvent
    {
        add => State.Rebooting += value;
        remove => State.Rebooting -= value;
    }

    private static Handlers State => SimulatedChip.Current.PackageState(() => new Handlers());

    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot)
    {
        State.Raise();
        SimulatedChip.Current.Restart();
    }

    public static void RebootDevice(
        int exeConstraintTimeout,
        RebootOption rebootOption = RebootOption.NormalReboot) => RebootDevice(rebootOption);

    private sealed class Handlers
    {
        public event RebootEventHandler? Rebooting;

        public void Raise() => Rebooting?.Invoke();
    }
}
