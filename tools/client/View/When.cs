using System.Globalization;

namespace M2m.Client.View;

/// <summary>Writes times for people, in this computer's zone.</summary>
public static class When
{
    private const double Latest = 253_402_300_799;

    /// <summary>A time and how long ago it was.</summary>
    /// <param name="epochSeconds">The time.</param>
    /// <param name="now">Now.</param>
    /// <returns>E.g. "at 14:03:22 (5 min ago)".</returns>
    public static string Past(double epochSeconds, DateTimeOffset now)
    {
        double ago = now.ToUnixTimeSeconds() - epochSeconds;
        return ago >= 0 ? $"at {At(epochSeconds, now)} ({Span(ago)} ago)" : $"at {At(epochSeconds, now)} ({Span(-ago)} ahead of this computer's clock)";
    }

    /// <summary>A time and how long it is until then.</summary>
    /// <param name="epochSeconds">The time.</param>
    /// <param name="now">Now.</param>
    /// <returns>E.g. "14:03:22 (in 5 min)".</returns>
    public static string Future(double epochSeconds, DateTimeOffset now) => $"{At(epochSeconds, now)} (in {Span(epochSeconds - now.ToUnixTimeSeconds())})";

    /// <summary>A time; without its date when that is today.</summary>
    /// <param name="epochSeconds">The time.</param>
    /// <param name="now">Now.</param>
    /// <returns>E.g. "14:03:22".</returns>
    public static string At(double epochSeconds, DateTimeOffset now)
    {
        DateTime time = Utc(epochSeconds).ToLocalTime();
        return time.ToString(time.Date == now.LocalDateTime.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>A time for programs.</summary>
    /// <param name="epochSeconds">The time.</param>
    /// <returns>ISO 8601 in UTC.</returns>
    public static string Iso(double epochSeconds) => Utc(epochSeconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time.</summary>
    /// <param name="epochSeconds">Anything.</param>
    /// <returns>UTC; the nearest there is.</returns>
    public static DateTime Utc(double epochSeconds) => DateTime.UnixEpoch.AddSeconds(double.IsNaN(epochSeconds) ? 0 : Math.Clamp(epochSeconds, 0, Latest));

    /// <summary>A span in the unit that fits.</summary>
    /// <param name="seconds">Its length.</param>
    /// <returns>E.g. "5 min".</returns>
    public static string Span(double seconds) => seconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, seconds):0} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        < 100 * 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86400:0} d"),
    };

    /// <summary>A span in few cells.</summary>
    /// <param name="seconds">Its length.</param>
    /// <returns>E.g. "5m".</returns>
    public static string Brief(double seconds) => seconds switch
    {
        < 1 => "now",
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds}s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)}m"),
        < 100 * 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 3600)}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Min(seconds / 86400, 9999)}d"),
    };
}
