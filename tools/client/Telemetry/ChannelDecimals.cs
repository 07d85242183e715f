using System.Globalization;

namespace M2m.Client.Telemetry;

/// <summary>The decimals of a channel: those of its most exact reading. A device leaves out zeros at the end.</summary>
public sealed class ChannelDecimals
{
    private const int MostDecimals = 15;

    private readonly int _decimals;
    private readonly bool _hasExponents;

    public ChannelDecimals(IEnumerable<Reading> channel)
    {
        foreach (string text in channel.Where(reading => reading.Number is not null).Select(reading => reading.Value.GetRawText()))
        {
            _hasExponents |= HasExponent(text);
            _decimals = Math.Min(MostDecimals, Math.Max(_decimals, Of(text)));
        }
    }

    /// <summary>The number as it was written, with zeros added.</summary>
    public string Write(Reading reading)
    {
        string text = reading.Value.GetRawText();
        int missing = _decimals - Of(text);
        return _hasExponents || missing <= 0 ? text : (Of(text) == 0 ? text + "." : text) + new string('0', missing);
    }

    /// <summary>A number that was computed from the channel's.</summary>
    public string Write(double number) => _hasExponents
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : number.ToString("F" + _decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static bool HasExponent(string number) => number.Contains('e', StringComparison.OrdinalIgnoreCase);

    private static int Of(string number) => number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && !HasExponent(number) ? number.Length - point - 1 : 0;
}
