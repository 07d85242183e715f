using System.Text;
using Spectre.Console;

namespace M2m.Client.View;

/// <summary>Cuts text to the width that it takes on a terminal.</summary>
public static class Cells
{
    private const char Ellipsis = '…';

    /// <summary>Cleans text from the network and cuts it to a width.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="width">Cells at most.</param>
    /// <returns>Printable text on one line; what was cut ends with an ellipsis.</returns>
    public static string Fit(string text, int width)
    {
        // Cleaning only makes it longer: what cannot be seen anyway needs no cleaning.
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
