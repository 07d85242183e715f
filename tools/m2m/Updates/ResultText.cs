using System.Globalization;

namespace M2m.Updates;

/// <summary>LwM2M's results of an update (object 5, resource 5) for people.</summary>
internal static class ResultText
{
    /// <summary>Gives a result with its word.</summary>
    /// <param name="result">The number, or null.</param>
    /// <returns>E.g. "8 failed"; "-" for none, and the number alone when it is not known.</returns>
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
            3 => "out of memory",
            4 => "connection lost",
            5 => "integrity",
            6 => "unsuitable",
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
