using System.Globalization;

namespace Cost;

/// <summary>What a scenario may cost: the ceiling that holds now, and the goal that it is lowered to; null where none is set.</summary>
internal sealed record Budget(string Scenario, long Instructions, long? InstructionsGoal, long Bytes, long? BytesGoal);

/// <summary>
/// The budgets of the firmware and of what it calls in the base library, without the vendor's libraries. A ceiling is what
/// the scenario cost when it was last lowered, rounded up: lower it whenever the code has got cheaper. A goal of issue 10 is
/// reached when the ceiling is no more than it.
/// </summary>
internal static class Budgets
{
    public static IReadOnlyList<Budget> All { get; } =
    [
        //  scenario        instructions: ceiling, goal   bytes: ceiling, goal
        new("idle",               6_000,    15_000,            48,   null),
        new("cycle",            459_100,   300_000,           480,  1_024),
        new("ping",             486_600,   300_000,         1_760,   null),
        new("cached-read",      659_200,   400_000,         2_490,   null),
        new("settings.get",   1_817_000, 1_200_000,        14_070,   null),
        new("methods",        2_418_100, 2_000_000,        16_950,   null),
        new("long-params",    1_526_000,      null,         2_050,   null),
        new("credentials.set",23_400_000,     null,        17_500,   null),
        new("flood",          8_940_000,      null,        42_400,   null),
        new("wake",          10_027_500,     null,        75_700,   null),
        new("rules",             43_600,    60_000,             0,   null),
        new("rules-one",         90_900,    60_000,             0,   null),
        new("rules-all",        676_900,      null,             0,   null),
        new("rules-rate",       747_800,      null,             0,   null),
        new("child-poll",       149_100,   150_000,           130,   null),
        new("child-line",       407_600,      null,             0,   null),
        new("child-position",   522_400,      null,             0,   null),
    ];

    /// <summary>Bytes on the heap for 16 children of 8 channels each that have the same registers.</summary>
    public const long HeldByChildren = 5_970;

    /// <summary>The same when the registers of each are different; the goal is 6 144.</summary>
    public const long HeldByOwnLayouts = 7_770;

    public static Budget? Of(string scenario) => All.FirstOrDefault(budget => budget.Scenario == scenario);

    /// <summary>What is over its ceiling; empty when all is well.</summary>
    public static string[] Problems(IEnumerable<Measurement> measurements) =>
    [
        .. from measurement in measurements
           let budget = Of(measurement.Name)
           where budget != null
           from problem in Problems(measurement, budget)
           select problem,
    ];

    private static IEnumerable<string> Problems(Measurement measurement, Budget budget)
    {
        if (measurement.Instructions > budget.Instructions)
        {
            yield return Text(measurement, "instructions", measurement.Instructions, budget.Instructions);
        }

        if (measurement.Bytes > budget.Bytes)
        {
            yield return Text(measurement, "bytes on the heap", measurement.Bytes, budget.Bytes);
        }
    }

    private static string Text(Measurement measurement, string what, double cost, long ceiling) =>
        string.Create(CultureInfo.InvariantCulture, $"{measurement.Name}: {cost:N0} {what}, the ceiling is {ceiling:N0}");
}
