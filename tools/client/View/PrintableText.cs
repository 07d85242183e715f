using System.Globalization;
using System.Text;

namespace M2m.Client.View;

/// <summary>Makes text from the network fit to be shown: what a terminal would obey or hide is written out.</summary>
public static class PrintableText
{
    /// <summary>Writes out control and format characters (C0, C1, bidirectional marks, line separators) as \uXXXX.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>One line of printable text.</returns>
    public static string Clean(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsHarmless(rune))
            {
                clean.Append(rune);
            }
            else
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            }
        }

        return clean.ToString();
    }

    /// <summary>Reads bytes as UTF-8, whatever they are, and cleans them.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <returns>One line of printable text.</returns>
    public static string Clean(byte[] utf8) => Clean(Encoding.UTF8.GetString(utf8));

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
