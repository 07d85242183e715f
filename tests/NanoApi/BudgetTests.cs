using System.Globalization;
using System.Text.RegularExpressions;
using NanoApi.Budgets;
using NanoApi.Building;

namespace NanoApi
{
    /// <summary>Growth of flash and of type tables in RAM is seen when it happens; the whole table is in the output of the first test.</summary>
    [TestClass]
    public class BudgetTests
    {
        public TestContext TestContext { get; set; } = null!;

        public static IEnumerable<string> Deployed => DeviceBuild.ProjectNames.Where(name => !name.StartsWith("tests/", StringComparison.Ordinal));

        public static IEnumerable<string> Sets => [DeviceSizes.AllModules, DeviceSizes.PlainSensor];

        [TestMethod]
        [DynamicData(nameof(Sets))]
        public void What_a_board_takes_is_within_its_budget(string set)
        {
            AssemblySize size = DeviceSizes.Sets.Single(candidate => candidate.Name == set);
            SizeBudget budget = SizeBudgets.All.Single(candidate => candidate.Name == set);
            TestContext.WriteLine(string.Join('\n', DeviceSizes.Assemblies.Concat(DeviceSizes.Sets).Select(line => line.ToString()).Prepend(AssemblySize.Header)));
            TestContext.WriteLine($"{set}: type tables {size.TypeTables}, ceiling {budget.TypeTables}, goal {budget.TypeTablesGoal}; .pe {size.PeBytes}, ceiling {budget.PeBytes}, goal {budget.PeGoal}");

            Report.Expect(SizeBudgets.Problems(size));
        }

        [TestMethod]
        [DynamicData(nameof(Deployed))]
        public void Deployed_assembly_is_within_its_budget(string project)
        {
            DeviceAssembly built = DeviceBuild.Build(DeviceBuild.Project(project));
            if (!built.Succeeded)
            {
                Assert.Inconclusive($"{project} does not compile");
            }

            Report.Expect(SizeBudgets.Problems(SizeMeter.Measure(built.Image)));
        }

        [TestMethod]
        public void Image_of_all_modules_fits_into_a_bundle()
        {
            string[] image = [.. DeviceSizes.OnEachBoard.Select(size => size.Name).Where(name => name != "Boards.Loader")];
            string source = File.ReadAllText(Path.Combine(Repository.Root, "boards/loader/BundleIndex.cs"));
            int most = int.Parse(Regex.Match(source, @"MaxAssemblies = (\d+);").Groups[1].Value, CultureInfo.InvariantCulture);

            Assert.IsLessThanOrEqualTo(most, image.Length, string.Join(", ", image));
        }

        // Record of the assembly 128, a type 8, two methods and two fields 4 each, a static field 12, references to
        // mscorlib, Object and its constructor 4 each.
        [TestMethod]
        public void Type_tables_are_reckoned_from_the_metadata() =>
            Assert.AreEqual(128 + 8 + 4 + 4 + 12 + 12, Measured("public class A { public int B; public static int C; public const int D = 1; public int E() => B; }").TypeTables);

        [TestMethod]
        public void Assembly_over_a_ceiling_is_reported()
        {
            AssemblySize size = Measured("public class A { public int B; public int C; }");

            Assert.IsEmpty(SizeBudgets.Problems(size, SizeBudgets.NewModule));
            Report.Says("Snippet: 2 fields, the ceiling is 1", SizeBudgets.Problems(size, SizeBudgets.NewModule with { Fields = 1 }));
            Report.Says("bytes of .pe, the ceiling is 100", SizeBudgets.Problems(size, SizeBudgets.NewModule with { PeBytes = 100 }));
        }

        [TestMethod]
        public void Assembly_without_a_line_has_the_budget_of_a_new_module() => Report.Says(
            "Snippet: 41 types, the ceiling is 40",
            SizeBudgets.Problems(Measured(string.Concat(Enumerable.Range(0, 41).Select(i => $"public enum E{i} {{ }}")))));

        [TestMethod]
        public void Ceiling_of_a_set_is_not_below_its_goal() => Report.Expect(
            from budget in SizeBudgets.All
            where budget.TypeTables < budget.TypeTablesGoal || budget.PeBytes < budget.PeGoal
            select $"{budget.Name}: the ceiling is below the goal: a goal that is reached leaves the table");

        private static AssemblySize Measured(string source) => SizeMeter.Measure(Snippet.Compile(source).Image);
    }
}
