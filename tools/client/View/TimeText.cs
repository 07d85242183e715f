using System.Globalization;

namespace M2m.Client.View;

public static class TimeText
{
    private const double Latest = 253_402_300_799;

    public static string Past(double epochSeconds, DateTimeOffset now)
    {
        double ago = now.ToUnixTimeSeconds() - epochSeconds;
        return ago >= 0 ? $"at {At(epochSeconds, now)} ({Span(ago)} ago)" : $"at {At(epochSeconds, now)} ({Span(-ago)} ahead of this computer's clock)";
    }

    public static string Future(double epochSeconds, DateTimeOffset now) => $"{At(epochSeconds, now)} (in {Span(epochSeconds - now.ToUnixTimeSeconds())})";

    public static string At(double epochSeconds, DateTimeOffset now)
    {
        DateTime time = Utc(epochSeconds).ToLocalTime();
        return time.ToString(time.Date == now.LocalDateTime.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    public static string Iso(double epochSeconds) => Utc(epochSeconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    public static DateTime Utc(double epochSeconds) => DateTime.UnixEpoch.AddSeconds(double.IsNaN(epochSeconds) ? 0 : Math.Clamp(epochSeconds, 0, Latest));

    public static string Span(double seconds) => seconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, seconds):0} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        < 100 * 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86400:0} d"),
    };

    public static string Brief(double seconds) => seconds switch
    {
        < 1 => "now",
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds}s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)}m"),
        < 100 * 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 3600)}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Min(seconds / 86400, 9999)}d"),
    };
}
