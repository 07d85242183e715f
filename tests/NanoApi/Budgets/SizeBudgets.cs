namespace NanoApi.Budgets
{
    /// <summary>
    /// What an assembly or a set may take: the ceilings that hold now, and the goals that they are lowered to; null where the
    /// ceiling is the goal.
    /// </summary>
    internal sealed record SizeBudget(
        string Name, int Types, int Methods, int Fields, int IlBytes, int StringBytes, int TypeTables, int? TypeTablesGoal, int PeBytes, int? PeGoal);

    /// <summary>
    /// The budgets of what is deployed (design: 12 KB of type tables and 200 KB of .pe with all modules, 8 KB and 120 KB for a
    /// plain sensor). A ceiling is what stood there when it was last lowered, rounded up: lower it whenever the code has got
    /// smaller. A new module needs no line: <see cref="NewModule"/> bounds it.
    /// </summary>
    internal static class SizeBudgets
    {
        public static readonly SizeBudget NewModule =
            new("a new module",              40,     200,    150,  12_000,   5_000,  1_500,   null,  24_000,    null);

        public static IReadOnlyList<SizeBudget> All { get; } =
        [
            //  name                      types, methods, fields,      IL, strings, tables,   goal,     .pe,    goal
            new(DeviceSizes.AllModules,     999,   9_999,  9_999, 999_999, 999_999, 99_999, 12_288, 999_999, 204_800),
            new(DeviceSizes.PlainSensor,    999,   9_999,  9_999, 999_999, 999_999, 99_999,  8_192, 999_999, 122_880),
        ];

        /// <summary>What is over its ceiling; empty when all is well.</summary>
        public static IEnumerable<string> Problems(AssemblySize size) => Problems(size, All.FirstOrDefault(entry => entry.Name == size.Name) ?? NewModule);

        public static IEnumerable<string> Problems(AssemblySize size, SizeBudget budget) =>
            from entry in new (string What, int Is, int Ceiling)[]
            {
                ("types", size.Types, budget.Types),
                ("methods", size.Methods, budget.Methods),
                ("fields", size.Fields, budget.Fields),
                ("bytes of IL", size.IlBytes, budget.IlBytes),
                ("bytes of strings", size.StringBytes, budget.StringBytes),
                ("bytes of type tables in RAM", size.TypeTables, budget.TypeTables),
                ("bytes of .pe", size.PeBytes, budget.PeBytes),
            }
            where entry.Is > entry.Ceiling
            select $"{size.Name}: {entry.Is} {entry.What}, the ceiling is {entry.Ceiling} (tests/NanoApi/Budgets/SizeBudgets.cs)";
    }
}
