using System.Globalization;
using Cost.Instrumentation;

namespace Cost;

/// <summary>
/// Prints what the scenarios cost. Arguments: names of scenarios, whose methods are printed too, and how many of them.
/// Ends with 1 when something is over its ceiling.
/// </summary>
internal static class Program
{
    private const int DefaultRows = 25;

    public static int Main(string[] args)
    {
        int rows = args.Length > 0 && int.TryParse(args[^1], out int given) ? given : DefaultRows;
        MeasuredFirmware firmware = MeasuredFirmware.Load();
        Console.WriteLine("Measured: " + string.Join(", ", firmware.Names));
        Measurement[] measurements = [.. Scenarios.All.Select(scenario => Scenarios.Measure(firmware, scenario))];
        Console.WriteLine(Tables.Summary(measurements));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"16 children of 8 channels hold {Scenarios.HeldByChildren(firmware, true, 1):N0} bytes when they have the same registers, {Scenarios.HeldByChildren(firmware, false, 16):N0} when not"));
        foreach (Measurement measurement in measurements.Where(measurement => args.Contains(measurement.Name)))
        {
            Console.WriteLine(Tables.Methods(measurement, rows));
        }

        string[] problems = Budgets.Problems(measurements);
        Array.ForEach(problems, Console.Error.WriteLine);
        return problems.Length == 0 ? 0 : 1;
    }
}
