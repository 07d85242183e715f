using M2m.Client.Telemetry;
using M2m.Client.View;
using Spectre.Console;

namespace M2m.View;

internal static class HistoryChart
{
    private const int Rows = 8;
    private const int MostCells = 100;
    private const int PipedWidth = 80;
    private const int LeastCells = 10;
    private const int Axis = 2;
    private static readonly Color[] Colors = [Color.Green, Color.Aqua, Color.Yellow, Color.Fuchsia, Color.Blue, Color.Red];

    public static void Show(Output output, IReadOnlyCollection<Reading> readings, DateTimeOffset now)
    {
        double from = readings.Min(reading => reading.Time);
        double to = readings.Max(reading => reading.Time);
        int index = 0;
        foreach (IGrouping<string, Reading> channel in readings.GroupBy(reading => reading.Name))
        {
            (double Time, double Value)[] points = [.. channel
                .Where(reading => reading.Number is not null)
                .Select(reading => (reading.Time, reading.Number!.Value))
                .OrderBy(point => point.Time)];
            if (points.Length > 0)
            {
                Draw(output, channel.Key, channel.First().Unit, new ChannelDecimals(channel), points, (from, to), now, Colors[index++ % Colors.Length]);
            }
        }
    }

    private static void Draw(
        Output output, string name, string unit, ChannelDecimals decimals, (double Time, double Value)[] points, (double From, double To) span, DateTimeOffset now, Color color)
    {
        double low = points.Min(point => point.Value);
        double high = points.Max(point => point.Value);
        int labels = LineChart.LabelWidth(low, high) + Axis;
        int width = Math.Clamp((output.IsTerminal ? output.Width - 1 : PipedWidth) - labels, LeastCells, MostCells);
        string figures = $"min {decimals.Write(low)}  mean {decimals.Write(points.Average(point => point.Value))}  max {decimals.Write(high)}  last {decimals.Write(points[^1].Value)}";
        output.Styled(
            (name, new Style(decoration: Decoration.Bold)),
            (unit.Length == 0 ? string.Empty : " " + unit, Style.Plain),
            ($"  {figures}  ({points.Length} readings)", Color.Grey));
        foreach (string row in LineChart.Label(LineChart.Draw(points, span.From, span.To, width, Rows), low, high))
        {
            output.Styled((row[..labels], Color.Grey), (row[labels..], color));
        }

        string left = TimeText.At(span.From, now);
        string right = TimeText.At(span.To, now);
        output.Styled((new string(' ', labels) + left + right.PadLeft(Math.Max(right.Length + 1, width - left.Length)), Color.Grey));
        output.Line(string.Empty);
    }
}
