using Boards.NativeSim.World;

namespace nanoFramework.Networking;

/// <summary>Sets the current chip's clock while its radio is joined; silent when it cannot.</summary>
public class Sntp
{
    public static bool IsStarted => SimulatedChip.Current.Clock.AsksServer;

    public static string Server1
    {
        get => State.Server1;
        set => State.Server1 = value;
    }

    public static string Server2
    {
        get => State.Server2;
        set => State.Server2 = value;
    }

    private static Servers State => SimulatedChip.Current.PackageState(() => new Servers());

    public static void Start() => SimulatedChip.Current.Clock.StartAsking();

    public static void Stop() => SimulatedChip.Current.Clock.StopAsking();

    public static void UpdateNow() => SimulatedChip.Current.Clock.StartAsking();

    private sealed class Servers
    {
        public string Server1 { get; set; } = "0.pool.ntp.org";

        public string Server2 { get; set; } = "1.pool.ntp.org";
    }
}
