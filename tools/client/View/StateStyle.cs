using M2m.Client.Devices;
using Spectre.Console;

namespace M2m.Client.View;

public static class StateStyle
{
    public static Style Of(string? state) => state switch
    {
        Presence.Online => Color.Green,
        Presence.Sleeping => Color.Blue,
        Presence.Lost => Color.Red,
        _ => Color.Yellow,
    };
}
