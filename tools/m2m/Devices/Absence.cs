using M2m.Client.Devices;
using M2m.Client.View;

namespace M2m.Devices;

/// <summary>Explains a missing response by the device's last status.</summary>
internal static class Absence
{
    public static string Explain(string device, Presence? presence, DateTimeOffset now)
    {
        if (presence is null)
        {
            return $"{device} has never published a status here.";
        }

        string seen = presence.Time is { } time ? $" It was last seen {TimeText.Past(time, now)}." : string.Empty;
        return presence.State switch
        {
            Presence.Sleeping when presence.Until is { } until && until > now.ToUnixTimeSeconds() =>
                $"It is sleeping until {TimeText.Future(until, now)}.{seen} A request waits for it at the broker: give a --timeout of {(long)(until - now.ToUnixTimeSeconds()) + 30} to wait, too.",
            Presence.Sleeping when presence.Until is { } until => $"It is sleeping; its wake was due {TimeText.Past(until, now)}.{seen}",
            Presence.Sleeping => $"It is sleeping.{seen}",
            Presence.Offline => $"It is offline: it shut down.{seen}",
            Presence.Lost => $"It is lost: the broker lost its connection{(seen.Length == 0 ? " at an unknown time" : string.Empty)}.{seen} Check its power and its network.",
            Presence.Online => $"Its status is online.{seen} Its link may just have broken: the broker notices within a minute or two.",
            _ => $"Its status is '{presence.State}'.{seen}",
        };
    }
}
