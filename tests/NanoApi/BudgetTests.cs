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
    }
}
