using M2m.Client.Devices;
using M2m.Client.View;
using M2m.View;

namespace M2m.Devices;

/// <summary>Says why a device may not answer, from what it said of itself last.</summary>
internal static class Absence
{
    /// <summary>Explains a silence.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="presence">What it said last, or null.</param>
    /// <param name="now">Now.</param>
    /// <returns>One or two sentences.</returns>
    public static string Explain(string device, Presence? presence, DateTimeOffset now)
    {
        if (presence is null)
        {
            return $"{device} was never seen here.";
        }

        string seen = presence.Time is { } time ? $" It was last seen {When.Past(time, now)}." : string.Empty;
        return presence.State switch
        {
            Presence.Sleeping when presence.Until is { } until && until > now.ToUnixTimeSeconds() =>
                $"It sleeps until {When.Future(until, now)}.{seen} A request waits for it at the broker: give a --timeout of {(long)(until - now.ToUnixTimeSeconds()) + 30} to wait, too.",
            Presence.Sleeping when presence.Until is { } until => $"It sleeps, and was to wake up {When.Past(until, now)}.{seen}",
            Presence.Sleeping => $"It sleeps.{seen}",
            Presence.Offline => $"It is offline: it left on purpose.{seen}",
            Presence.Lost => $"It is lost: the broker lost its connection{(seen.Length == 0 ? ", when is not known" : string.Empty)}.{seen} Its power or its network may be gone.",
            Presence.Online => $"It calls itself online.{seen} Its link may just have broken: the broker notices within a minute or two.",
            _ => $"It calls itself '{presence.State}'.{seen}",
        };
    }
}
