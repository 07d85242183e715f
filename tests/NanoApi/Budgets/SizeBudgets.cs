namespace NanoApi.Budgets
{
    /// <summary>
    /// What an assembly or a set may take: the ceilings that hold now, and the goals that they are lowered to; null where the
    /// ceiling is the goal.
    /// </summary>
    internal sealed record SizeBudget(
        string Name, int Types, int Methods, int Fields, int StaticFields, int References, int IlBytes, int StringBytes, int TypeTables, int? TypeTablesGoal, int PeBytes, int? PeGoal);

    /// <summary>
    /// The budgets of what is deployed (design: 12 KB of type tables and 200 KB of .pe with all modules, 8 KB and 120 KB for a
    /// plain sensor). A ceiling is what stood there when it was last lowered, rounded up: lower it whenever the code has got
    /// smaller. A new module needs no line: <see cref="NewModule"/> bounds it.
    /// </summary>
    internal static class SizeBudgets
    {
        public static readonly SizeBudget NewModule =
            new("a new module",                   40,    200,    150,    5,    200,  12_000,   5_000,   1_500,    null,   24_000,     null);

        public static IReadOnlyList<SizeBudget> All { get; } =
        [
            //  name                      types, methods, fields, static, refs,    IL, strings, tables,   goal,     .pe,     goal
            new(DeviceSizes.AllModules,          303,  2_228,  1_150,   32,  1_510,  91_720,  58_780,  16_920,  12_288,  227_000,  204_800),
            new(DeviceSizes.PlainSensor,         261,  1_980,    992,   27,  1_216,  76_430,  48_150,  14_230,   8_192,  190_300,  122_880),
            new("Firmware.Core",                 131,    998,    482,   16,     62,  33_140,  18_920,   4_610,    null,   79_400,     null),
            new("Firmware",                       71,    566,    298,    3,    452,  25_260,  13_430,   4_280,    null,   58_500,     null),
            new("Firmware.Sleep",                 30,    184,    130,    0,    220,   8_930,   5_620,   1_900,    null,   22_100,     null),
            new("Firmware.Updates",               31,    192,    110,    5,    186,  12_110,   7_150,   1_800,    null,   26_900,     null),
            new("Firmware.HomeAssistant",         13,     58,     50,    0,    110,   3_200,   3_510,     900,    null,    9_900,     null),
            new("Boards.Esp32",                   17,    132,     60,    5,    330,   5_590,   6_620,   2_110,    null,   18_900,     null),
            new("Boards.Loader",                  12,    104,     32,    3,     60,   3_520,   2_520,     780,    null,    9_400,     null),
            new("Boards.Esp32DevKitC",             6,      6,      0,    0,     98,     380,   1_290,     610,    null,    3_000,     null),
        ];

        /// <summary>What is over its ceiling; empty when all is well.</summary>
        public static IEnumerable<string> Problems(AssemblySize size) => Problems(size, All.FirstOrDefault(entry => entry.Name == size.Name) ?? NewModule);

        public static IEnumerable<string> Problems(AssemblySize size, SizeBudget budget) =>
            from entry in new (string What, int Is, int Ceiling)[]
            {
                ("types", size.Types, budget.Types),
                ("methods", size.Methods, budget.Methods),
                ("fields", size.Fields, budget.Fields),
                ("static fields", size.StaticFields, budget.StaticFields),
                ("references", size.References, budget.References),
                ("bytes of IL", size.IlBytes, budget.IlBytes),
                ("bytes of strings", size.StringBytes, budget.StringBytes),
                ("bytes of type tables in RAM", size.TypeTables, budget.TypeTables),
                ("bytes of .pe", size.PeBytes, budget.PeBytes),
            }
            where entry.Is > entry.Ceiling
            select $"{size.Name}: {entry.Is} {entry.What}, the ceiling is {entry.Ceiling} (tests/NanoApi/Budgets/SizeBudgets.cs)";
    }
}
