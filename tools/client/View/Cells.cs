using System.Text;
using Spectre.Console;

namespace M2m.Client.View;

public static class Cells
{
    private const char Ellipsis = '…';

    public static string Fit(string text, int width)
    {
        // Cleaning only makes text longer: cut it first.
        string clean = PrintableText.Clean(text.Length > 4 * width ? text[..(4 * width)] : text);
        if (width <= 0)
        {
            return string.Empty;
        }

        if (clean.Length == text.Length && clean.GetCellWidth() <= width)
        {
            return clean;
        }

        var cut = new StringBuilder(width);
        int cells = 0;
        foreach (Rune rune in clean.EnumerateRunes())
        {
            cells += Math.Max(1, rune.ToString().GetCellWidth());
            if (cells > width - 1)
            {
                return cut.Append(Ellipsis).ToString();
            }

            cut.Append(rune);
        }

        return cut.ToString();
    }
}
