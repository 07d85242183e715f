using System.Globalization;
using System.Text;

namespace Cost;

/// <summary>The tables for people.</summary>
internal static class Tables
{
    public static string Summary(IEnumerable<Measurement> measurements)
    {
        var text = new StringBuilder();
        Line(text, $"{"scenario",-14}{"instructions",13}{"ceiling",12}{"goal",12}{"library",11}{"calls",8}{"objects",9}{"bytes",9}{"ceiling",9}{"goal",8}");
        foreach (Measurement measurement in measurements)
        {
            Budget? budget = Budgets.Of(measurement.Name);
            Line(text, $"{measurement.Name,-14}{measurement.Instructions,13:N0}{budget?.Instructions,12:N0}{budget?.InstructionsGoal,12:N0}{measurement.Library,11:N0}{measurement.Calls,8:N0}{measurement.Objects,9:N1}{measurement.Bytes,9:N0}{budget?.Bytes,9:N0}{budget?.BytesGoal,8:N0}");
        }

        return text.ToString();
    }

    public static string Methods(Measurement measurement, int rows)
    {
        var text = new StringBuilder();
        Line(text, $"{measurement.Name}: {measurement.Instructions:N0} instructions, {measurement.Calls:N0} calls");
        Line(text, $"{"calls",8}{"own",10}{"library",10}{"total",10}{"objects",9}{"bytes",8}  method");
        foreach (MethodCost method in measurement.Methods.Where(method => method.IsOurs).Take(rows))
        {
            Line(text, $"{method.Calls,8:N1}{method.Own,10:N0}{method.Library,10:N0}{method.Total,10:N0}{method.Objects,9:N1}{method.Bytes,8:N0}  {method.Name}");
        }

        Line(text, $"{"calls",8}{"cost",10}  method of the base library, contained above");
        foreach (MethodCost method in measurement.Methods.Where(method => !method.IsOurs).Take(rows))
        {
            Line(text, $"{method.Calls,8:N1}{method.Own,10:N0}  {method.Name}");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
