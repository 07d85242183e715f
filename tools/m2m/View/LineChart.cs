using System.Globalization;
using System.Text;

namespace M2m.View;

/// <summary>Draws a line over time with Braille dots: two columns and four rows of dots in each cell.</summary>
internal sealed class LineChart
{
    private const int DotColumns = 2;
    private const int DotRows = 4;
    private const int Braille = 0x2800;

    // The line breaks when readings are missing for this many of the usual intervals.
    private const double GapIntervals = 4;

    private static readonly int[][] Dots = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

    private readonly int[][] _cells;
    private readonly int _width;
    private readonly int _height;
    private readonly double _from;
    private readonly double _to;
    private readonly double _low;
    private readonly double _high;

    private LineChart(IReadOnlyList<(double Time, double Value)> points, double from, double to, int width, int height)
    {
        _cells = [.. Enumerable.Range(0, height).Select(_ => new int[width])];
        _width = width * DotColumns;
        _height = height * DotRows;
        _from = from;
        _to = to;
        _low = points.Min(point => point.Value);
        _high = points.Max(point => point.Value);
    }

    public static IReadOnlyList<string> Draw(IReadOnlyList<(double Time, double Value)> points, double from, double to, int width, int height)
    {
        var chart = new LineChart(points, from, to, width, height);
        double[] intervals = [.. points.Zip(points.Skip(1), (a, b) => b.Time - a.Time).Order()];
        double gap = intervals.Length == 0 ? 0 : Math.Max(intervals[intervals.Length / 2] * GapIntervals, (to - from) / (width * DotColumns) * 2);
        for (int i = 0; i < points.Count; i++)
        {
            (double Time, double Value) start = i > 0 && points[i].Time - points[i - 1].Time <= gap ? points[i - 1] : points[i];
            chart.Line(chart.Place(start), chart.Place(points[i]));
        }

        return [.. chart._cells.Select(row => string.Concat(row.Select(cell => (char)(Braille + cell))).TrimEnd((char)Braille))];
    }

    public static IEnumerable<string> Label(IReadOnlyList<string> rows, double low, double high)
    {
        string[] labels = new string[rows.Count];
        labels[^1] = Number(low);
        labels[0] = Number(high);
        int width = LabelWidth(low, high);
        return rows.Select((row, index) => new StringBuilder((labels[index] ?? string.Empty).PadLeft(width)).Append(labels[index] is null ? " │" : " ┤").Append(row).ToString());
    }

    public static int LabelWidth(double low, double high) => Math.Max(Number(low).Length, Number(high).Length);

    public static string Number(double value) =>
        Math.Abs(value) < 1e9 ? value.ToString("0.###", CultureInfo.InvariantCulture) : value.ToString("G6", CultureInfo.InvariantCulture);

    private (int X, int Y) Place((double Time, double Value) point)
    {
        double x = _to > _from ? (point.Time - _from) / (_to - _from) : 1;
        double y = _high > _low ? (point.Value - _low) / (_high - _low) : 0.5;
        return (Math.Clamp((int)Math.Round(x * (_width - 1)), 0, _width - 1), Math.Clamp((int)Math.Round((1 - y) * (_height - 1)), 0, _height - 1));
    }

    private void Line((int X, int Y) from, (int X, int Y) to)
    {
        int steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (int i = 0; i <= steps; i++)
        {
            int x = from.X + (int)Math.Round((double)(to.X - from.X) * i / steps);
            int y = from.Y + (int)Math.Round((double)(to.Y - from.Y) * i / steps);
            _cells[y / DotRows][x / DotColumns] |= Dots[y % DotRows][x % DotColumns];
        }
    }
}
