using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace M2m.Client.View;

/// <summary>
/// Collects the lines of one frame as bytes for the terminal. Every line is placed and cleared for itself, so that
/// nothing is left over after a change of size or after keys were typed into the picture.
/// </summary>
public sealed class FrameWriter
{
    private const string BeginSynchronized = "\e[?2026h";
    private const string EndSynchronized = "\e[?2026l";
    private const string WrapOff = "\e[?7l";
    private const string WrapOn = "\e[?7h";
    private const string ClearToEndOfLine = "\e[K";
    private const string ClearBelow = "\e[J";

    private readonly StringBuilder _frame = new(BeginSynchronized + WrapOff);

    /// <summary>Creates a writer for one frame.</summary>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Rows of the terminal.</param>
    public FrameWriter(int width, int height)
    {
        Width = width;
        Height = height;
    }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; }

    /// <summary>Rows of the terminal.</summary>
    public int Height { get; }

    /// <summary>Rows written so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Leaves a row empty.</summary>
    public void Blank() => Line(string.Empty, 1);

    /// <summary>Writes one row of text.</summary>
    /// <param name="text">The text; cleaned and cut here.</param>
    /// <param name="style">Its style.</param>
    public void Text(string text, Style style) => Render(new Text(Cells.Fit(text, Width - 1), style));

    /// <summary>Writes a table.</summary>
    /// <param name="table">The table.</param>
    public void Table(FrameTable table) => Render(table.Build());

    /// <summary>How many rows a text takes when the terminal breaks it.</summary>
    /// <param name="text">Printable text.</param>
    /// <returns>At least 1.</returns>
    public int RowsOf(string text) => Math.Max(1, (text.GetCellWidth() + Width - 1) / Width);

    /// <summary>
    /// Writes printable text that may take several rows. The terminal itself breaks it, so that it is copied as one line.
    /// </summary>
    /// <param name="text">The text.</param>
    public void Raw(string text)
    {
        // After a full row the cursor still stands on its last cell: clearing would take that one away.
        string clear = text.GetCellWidth() % Width == 0 ? string.Empty : ClearToEndOfLine;
        Line(WrapOn + text + clear + WrapOff, RowsOf(text), clear: false);
    }

    /// <summary>Gives the frame.</summary>
    /// <returns>UTF-8 with control sequences.</returns>
    public byte[] ToBytes()
    {
        if (Rows < Height)
        {
            MoveTo(Rows);
            _frame.Append(ClearBelow);
        }

        return Encoding.UTF8.GetBytes(_frame + WrapOn + EndSynchronized);
    }

    private void Render(IRenderable renderable)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = Width - 1;
        console.Profile.Capabilities.ColorSystem = AnsiConsole.Profile.Capabilities.ColorSystem;
        console.Profile.Capabilities.Unicode = AnsiConsole.Profile.Capabilities.Unicode;
        console.Write(renderable);
        foreach (string line in text.ToString().TrimEnd('\n').Split('\n'))
        {
            Line(line.TrimEnd('\r'), 1);
        }
    }

    private void Line(string text, int rows, bool clear = true)
    {
        if (Rows + rows > Height)
        {
            Rows = Height;
            return;
        }

        MoveTo(Rows);
        _frame.Append(text).Append(clear ? ClearToEndOfLine : string.Empty);
        Rows += rows;
    }

    private void MoveTo(int row) => _frame.Append(CultureInfo.InvariantCulture, $"\e[{row + 1};1H");
}
