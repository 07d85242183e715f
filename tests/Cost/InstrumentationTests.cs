using System.Reflection;
using Cost.Counting;
using Cost.Instrumentation;
using Cost.Pricing;

namespace Cost;

[TestClass]
public class InstrumentationTests
{
    private const string Add = "Sample.Add";

    private static MeasuredFirmware s_firmware = null!;
    private static Type s_sample = null!;

    [ClassInitialize]
    public static void Load(TestContext context)
    {
        string name = typeof(Sample).Assembly.GetName().Name!;
        s_firmware = MeasuredFirmware.Load(AppContext.BaseDirectory, [name + ".dll"]);
        s_sample = s_firmware.LoadFromAssemblyName(new AssemblyName(name)).GetType(typeof(Sample).FullName!)!;
    }

    [TestMethod]
    public void Calls_are_counted_once_each() =>
        Assert.AreEqual(7, Row(Measure(nameof(Sample.Sum), 7), Add).Calls);

    [TestMethod]
    public void Cost_grows_by_the_same_for_each_turn_of_a_loop()
    {
        double none = Measure(nameof(Sample.Sum), 0).Instructions;
        double one = Measure(nameof(Sample.Sum), 1).Instructions;
        double ten = Measure(nameof(Sample.Sum), 10).Instructions;
        Assert.AreEqual(10 * (one - none), ten - none);
    }

    [TestMethod]
    public void Instrumented_code_gives_what_it_gave_before() =>
        Assert.AreEqual(Sample.Sum(10), Call(nameof(Sample.Sum), 10));

    [TestMethod]
    [DataRow(null, 5, 3)]
    [DataRow("text", 1, 2)]
    public void Filters_handlers_and_finally_blocks_keep_their_borders(object? value, int result, int calls)
    {
        Measurement measured = Measure(nameof(Sample.Caught), value);
        Assert.AreEqual(calls, Row(measured, Add).Calls);
        Assert.AreEqual(result, Call(nameof(Sample.Caught), value));
    }

    [TestMethod]
    public void Array_of_a_thousand_bytes_takes_1020() =>
        Assert.AreEqual(1020, Measure(nameof(Sample.Bytes), 1000).Bytes);

    [TestMethod]
    public void Object_of_three_fields_takes_48() =>
        Assert.AreEqual(48, Measure(nameof(Sample.Fields)).Bytes);

    [TestMethod]
    public void Text_that_the_base_library_makes_counts_for_its_caller() =>
        Assert.AreEqual(120, Row(Measure(nameof(Sample.Text), new string('a', 60), new string('b', 40)), "Sample.Text").Bytes);

    [TestMethod]
    [DataRow(10, 2000)]
    [DataRow(1000, 37000)]
    public void Character_of_a_text_costs_more_the_longer_the_text(int length, int cost) =>
        Assert.AreEqual(cost, Measure(nameof(Sample.Last), new string('a', length)).Methods.Single(method => method.Name == "String.Chars").Own + IlWeights.Call, cost * 0.02);

    [TestMethod]
    public void Time_is_that_of_the_rig()
    {
        DeviceCalls.Uptime = () => 42;
        Assert.AreEqual(42L, Call(nameof(Sample.Ticks)));
    }

    [TestMethod]
    public void Nothing_is_counted_outside_of_a_scenario()
    {
        Counters.Clear();
        Call(nameof(Sample.Sum), 5);
        Assert.AreEqual(0, Counters.Take().Blocks.Sum());
    }

    private static Measurement Measure(string method, params object?[] arguments)
    {
        Counters.Clear();
        Session.Count(() => Call(method, arguments));
        return Measurement.Of(method, s_firmware.Map, Counters.Take(), 1);
    }

    private static object? Call(string method, params object?[] arguments) => s_sample.GetMethod(method)!.Invoke(null, arguments);

    private static MethodCost Row(Measurement measurement, string name) => measurement.Methods.Single(method => method.Name == name);
}
