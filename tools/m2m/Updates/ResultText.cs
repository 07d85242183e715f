using System.Globalization;

namespace M2m.Updates;

/// <summary>LwM2M's results of an update (object 5, resource 5) for people.</summary>
internal static class ResultText
{
    public static string Of(int? result)
    {
        if (result is not { } number)
        {
            return "-";
        }

        string? word = number switch
        {
            0 => "none yet",
            1 => "success",
            2 => "not enough flash",
            3 => "out of RAM",
            4 => "connection lost",
            5 => "integrity",
            6 => "unsupported package type",
            7 => "invalid URI",
            8 => "failed",
            9 => "unsupported protocol",
            10 => "cancelled",
            11 => "deferred",
            _ => null,
        };
        string text = number.ToString(CultureInfo.InvariantCulture);
        return word is null ? text : $"{text} {word}";
    }
}
