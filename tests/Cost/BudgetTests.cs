using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Cost.Instrumentation;

namespace Cost;

[TestClass]
public class BudgetTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Scenarios_stay_under_their_ceilings()
    {
        Measurement[] measurements = MeasureAll();
        TestContext.WriteLine(Tables.Summary(measurements));
        string[] problems = Budgets.Problems(measurements);
        Assert.IsEmpty(problems, string.Join(Environment.NewLine, problems));
    }

    [TestMethod]
    [DataRow(true, 1, Budgets.HeldByChildren)]
    [DataRow(false, 1, Budgets.HeldByChildren)]
    [DataRow(false, 16, Budgets.HeldByOwnLayouts)]
    public void Children_hold_no_more_memory_than_they_may(bool hasLike, int kinds, long most)
    {
        long held = Scenarios.HeldByChildren(MeasuredFirmware.Load(), hasLike, kinds);
        TestContext.WriteLine(held.ToString(CultureInfo.InvariantCulture));

        // Below that, something is not found.
        Assert.IsInRange(most / 2, most, held);
    }

    [TestMethod]
    public void Two_runs_count_the_same()
    {
        Measurement[] first = MeasureAll();
        Measurement[] second = MeasureAll();
        for (int i = 0; i < first.Length; i++)
        {
            CollectionAssert.AreEqual(first[i].Methods.ToArray(), second[i].Methods.ToArray(), first[i].Name);
        }
    }

    [TestMethod]
    public void Every_scenario_has_a_budget() =>
        CollectionAssert.AreEqual(
            Scenarios.All.Select(scenario => scenario.Name).ToArray(),
            Budgets.All.Select(budget => budget.Scenario).ToArray());

    [TestMethod]
    public void Every_method_of_the_base_library_that_a_scenario_calls_has_a_price()
    {
        MeasuredFirmware firmware = MeasuredFirmware.Load();
        string[] guessed = [.. firmware.Map.Callees.Where(callee => !callee.Price.IsKnown).Select(callee => Names.Short(callee.Name))];
        string[] called = [.. MeasureAll(firmware).SelectMany(measurement => measurement.Methods).Select(method => method.Name)];
        string[] missing = [.. guessed.Intersect(called)];
        Assert.IsEmpty(missing, "Not in CallPrices: " + string.Join(", ", missing));
    }

    [TestMethod]
    public void Measured_assemblies_have_the_IL_that_ships()
    {
        MeasuredFirmware firmware = MeasuredFirmware.Load();
        string[] debug = [.. firmware.Names.Where(name => firmware.LoadFromAssemblyName(new AssemblyName(name))
            .GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true)];
        Assert.IsEmpty(debug, "Built as Debug: " + string.Join(", ", debug));
    }

    [TestMethod]
    public void Cost_over_a_ceiling_is_a_problem()
    {
        Budget budget = Budgets.All[0];
        var over = new Measurement(budget.Scenario, [new MethodCost("Type.Method", true, 1, budget.Instructions + 1, 0, 1, budget.Bytes + 1)]);
        Assert.HasCount(2, Budgets.Problems([over]));
    }

    private static Measurement[] MeasureAll() => MeasureAll(MeasuredFirmware.Load());

    private static Measurement[] MeasureAll(MeasuredFirmware firmware) =>
        [.. Scenarios.All.Select(scenario => Scenarios.Measure(firmware, scenario))];
}
