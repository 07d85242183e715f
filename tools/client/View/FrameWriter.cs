using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace M2m.Client.View;

/// <summary>
/// Collects the lines of one frame as bytes for the terminal. Each line is placed and cleared by itself, so that nothing
/// remains after a change of size.
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

    public FrameWriter(int width, int height)
    {
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    public int Rows { get; private set; }

    public void Blank() => Line(string.Empty, 1);

    public void Text(string text, Style style) => Render(new Text(Cells.Fit(text, Width - 1), style));

    public void Table(FrameTable table) => Render(table.Build());

    public int RowsOf(string text) => Math.Max(1, (text.GetCellWidth() + Width - 1) / Width);

    public void Raw(string text)
    {
        // After a full row the cursor is still on its last cell, which clearing would remove.
        string clear = text.GetCellWidth() % Width == 0 ? string.Empty : ClearToEndOfLine;
        Line(WrapOn + text + clear + WrapOff, RowsOf(text), clear: false);
    }

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
