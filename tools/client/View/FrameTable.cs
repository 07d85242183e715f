using Spectre.Console;

namespace M2m.Client.View;

/// <summary>A table with one line a row. The column of width 0 takes what the others leave.</summary>
public sealed class FrameTable
{
    public const int Hidden = -1;

    private const int Gap = 2;
    private const int LeastElastic = 10;

    private readonly Table _table;
    private readonly int[] _widths;

    /// <summary>Columns that do not fit are left out, from the right, but never the elastic one.</summary>
    public FrameTable(int width, params (string Heading, int Width)[] columns)
    {
        _widths = Share(width, Array.ConvertAll(columns, column => column.Width));
        int last = Array.FindLastIndex(_widths, columnWidth => columnWidth > 0);
        _table = new Table { Border = TableBorder.None, ShowHeaders = true };
        for (int i = 0; i <= last; i++)
        {
            if (_widths[i] > 0)
            {
                var heading = new Text(Cells.Fit(columns[i].Heading, _widths[i]), new Style(decoration: Decoration.Underline));
                var padding = new Padding(0, 0, i == last ? 0 : Gap, 0);
                _table.AddColumn(new TableColumn(heading) { Width = _widths[i], Padding = padding, NoWrap = true });
            }
        }
    }

    public int WidthOf(int column) => _widths[column];

    public void Add(params (string Text, Style Style)[] cells)
    {
        // Text, not Markup: brackets in a payload mean nothing.
        IEnumerable<Text> shown = cells
            .Select((cell, index) => (cell, Width: _widths[index]))
            .Where(item => item.Width > 0)
            .Select(item => new Text(Cells.Fit(item.cell.Text, item.Width), item.cell.Style));
        _table.AddRow(shown);
    }

    public Table Build() => _table;

    private static int[] Share(int width, int[] wanted)
    {
        int left = width - Math.Min(LeastElastic, width);
        int[] widths = Array.ConvertAll(wanted, columnWidth =>
        {
            int taken = columnWidth + Gap;
            if (columnWidth == 0 || columnWidth == Hidden || taken > left)
            {
                return columnWidth == 0 ? 0 : Hidden;
            }

            left -= taken;
            return columnWidth;
        });
        widths[Array.IndexOf(widths, 0)] = left + Math.Min(LeastElastic, width);
        return widths;
    }
}
