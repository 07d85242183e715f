using System.Globalization;

namespace M2m.Arguments;

/// <summary>Reads a time: <c>-90m</c>, epoch seconds, or ISO 8601.</summary>
internal static class Moment
{
    public const string Rule = "a time before now such as -90s, -15m, -6h, -2d, or epoch seconds, or ISO 8601 such as 2026-11-23T06:00";

    private const double MaxSeconds = 1e10;

    public static bool TryParse(string text, DateTimeOffset now, out long epochSeconds)
    {
        epochSeconds = 0;
        if (text.StartsWith('-'))
        {
            double unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
            string number = unit == 0 ? text[1..] : text[1..^1];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount) || amount * Math.Max(unit, 1) > MaxSeconds)
            {
                return false;
            }

            epochSeconds = now.ToUnixTimeSeconds() - (long)(amount * Math.Max(unit, 1));
            return true;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out epochSeconds))
        {
            return epochSeconds <= MaxSeconds;
        }

        // Without a zone it is the local one.
        bool isDate = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset date);
        epochSeconds = date.ToUnixTimeSeconds();
        return isDate;
    }
}
