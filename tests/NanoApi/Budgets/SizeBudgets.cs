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
            new(DeviceSizes.AllModules,        394,  2_786,  1_602,   14,  2_683,  156_310,   90_360,   25_400,   12_288,   354_700,   204_800),
            new(DeviceSizes.PlainSensor,       271,  1_722,  1_043,   11,  1_303,   86_470,   43_980,   13_920,    8_192,   193_250,   122_880),
            new("Firmware.Core",               149,    824,    543,   10,     62,   38_990,   15_450,    4_420,     null,    79_630,      null),
            new("Firmware",                     71,    562,    301,    0,    495,   28_520,   13_330,    4_380,     null,    61_900,      null),
            new("Firmware.Sleep",               29,    172,    130,    0,    250,   10_150,    5_360,    1_970,     null,    23_000,      null),
            new("Firmware.Updates",             30,    178,     97,    1,    193,   11_960,    6_600,    1_700,     null,    25_800,      null),
            new("Firmware.HomeAssistant",       13,     73,     64,    0,    138,    5_390,    5_170,    1_070,     null,    14_410,      null),
            new("Firmware.Security",            12,     90,     56,    0,    135,    6_100,    4_500,    1_024,     null,    14_360,      null),
            new("Boards.Esp32",                 20,    150,     74,    1,    368,    9_360,    8_150,    2_280,     null,    25_250,      null),
            new("Boards.Esp32.Sensors",         11,     52,     17,    0,     30,    1_720,    1_120,      490,     null,     4_600,      null),
            new("Boards.Esp32.OneWire",          2,     29,     15,    0,     34,    1_050,      980,      390,     null,     3_270,      null),
            new("Firmware.Rules",               15,    190,     98,    0,    209,   17_150,    6_250,    1_680,     null,    30_850,      null),
            new("Boards.Esp32.Updates",          2,     28,      8,    0,     62,      940,    1_260,      490,     null,     3_550,      null),
            new("Boards.Loader",                12,    103,     31,    3,     57,    3_500,    2_500,      770,     null,     9_250,      null),
            new("Boards.Esp32DevKitC",           6,     15,      0,    0,    130,      660,    1_730,      810,     null,     4_240,      null),
            new("Boards.Esp32S3DevKitC",         6,     15,      0,    0,    130,      670,    1_760,      810,     null,     4_280,      null),
            new("Boards.Esp32C3DevKitM",         6,     15,      0,    0,    130,      650,    1_750,      810,     null,     4_240,      null),
            new("Boards.Esp32C6DevKitC",         6,     15,      0,    0,    130,      650,    1_750,      810,     null,     4_250,      null),
            new("Firmware.Outputs",              9,    108,     34,    0,    115,    4_900,    3_460,      960,     null,    12_300,      null),
            new("Boards.Esp32.Pwm",              2,      5,      4,    0,     21,      360,      600,      264,     null,     1_540,      null),
            new("Firmware.Inputs",              17,    148,     76,    0,    180,    8_300,    4_400,    1_450,     null,    18_600,      null),
            new("Firmware.Gateway",             15,    128,     56,    1,    175,    9_900,    4_150,    1_340,     null,    19_500,      null),
            new("Firmware.GatewayText",          9,     64,     59,    0,     86,    5_050,    2_130,      810,     null,    10_100,      null),
            new("Boards.Esp32.Serial",           1,      6,      6,    0,     33,      460,      645,      310,     null,     1_800,      null),
            new("Boards.Esp32.Inputs",           3,     16,     11,    0,     42,      540,      780,      400,     null,     2_400,      null),
            new("Firmware.Provisioning",        13,    110,     65,    0,    190,   10_050,   10_000,    1_280,     null,    24_576,      null),
            new("Boards.Esp32.AccessPoint",      2,     26,     21,    0,    102,    1_730,    1_810,      670,     null,     5_420,      null),
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
