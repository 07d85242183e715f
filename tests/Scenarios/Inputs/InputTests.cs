using System.Globalization;
using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Inputs;

/// <summary>The firmware with a door, a meter and a thermometer at its pins.</summary>
[TestClass]
public sealed class InputTests
{
    private const int Door = 4;
    private const int Meter = 5;
    private const string Settings = ""","inputs":{"door":{"pin":4,"pull":"none"},"meter":{"kind":"pulse","pin":5,"unit":"m3"},"tank":{"kind":"onewire","address":"0316821E6401"}}""";

    [TestMethod]
    public async Task Door_is_published_when_it_opens_and_when_it_closes()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Settings);
        bench.WaitFor(() => bench.Telemetry(device).Any(), "no reading");

        device.Chip.Pins.Wire(Door, true);
        bench.RunFor(1);
        bench.WaitFor(() => bench.Events(device, "input").Count() == 1, "the event of the open door is missing");
        device.Chip.Pins.Wire(Door, false);
        bench.RunFor(1);
        bench.WaitFor(() => bench.Events(device, "input").Count() == 2, "the event of the closed door is missing");

        CollectionAssert.AreEqual(new[] { true, false }, bench.Events(device, "input").Select(message => message.Json.GetProperty("on").GetBoolean()).ToArray());
        bench.WaitFor(() => Doors(bench, device).Contains(true) && !Doors(bench, device)[^1], "the readings are missing");
    }

    [TestMethod]
    public async Task Meter_is_exact_over_a_restart_and_never_goes_back_over_power_cuts()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Settings);
        Pulse(device, 40000);
        bench.RunFor(70);
        bench.WaitFor(() => Totals(bench, device).LastOrDefault() == 40000, "the pulses of the first minute are missing");

        await bench.RequestAsync(device, "restart");
        bench.RunFor(30);
        Pulse(device, 1000);
        bench.RunFor(70);
        bench.WaitFor(() => Totals(bench, device)[^1] == 41000, "the total of before the restart is missing");

        for (int cut = 0; cut < 5; cut++)
        {
            Pulse(device, 10);
            bench.RunFor(17 * (cut + 1));
            device.CutPower();
            device.Boot();
            bench.RunFor(20);
        }

        bench.RunFor(70);
        double[] totals = Totals(bench, device);
        CollectionAssert.AreEqual(totals.Order().ToArray(), totals);
        Assert.IsInRange(41000, 41050, totals[^1]);
    }

    [TestMethod]
    public async Task Thermometer_is_found_by_its_address_and_named_by_its_input()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.Add(more: Settings);
        device.Chip.OneWire.Attach(new SimulatedDs18b20(1));
        device.Boot();
        bench.RunFor(30);
        bench.WaitFor(() => Values(bench, device, "tank").Count > 0, "no reading");

        JsonElement inputs = (await bench.QueryAsync(device, """{"jsonrpc":"2.0","id":1,"method":"inputs.list"}""")).Json.GetProperty("result").GetProperty("inputs");
        Assert.AreEqual("door meter tank", string.Join(' ', inputs.EnumerateArray().Select(input => input.GetProperty("name").GetString())));
    }

    private static void Pulse(SimulatedDevice device, int count)
    {
        for (int i = 0; i < count; i++)
        {
            device.Chip.Pins.Wire(Meter, true);
            device.Chip.Pins.Wire(Meter, false);
        }
    }

    private static bool[] Doors(Bench bench, SimulatedDevice device) => [.. Values(bench, device, "door").Select(record => record.GetProperty("vb").GetBoolean())];

    private static double[] Totals(Bench bench, SimulatedDevice device) =>
        [.. Values(bench, device, "meter").Select(record => double.Parse(record.GetProperty("v").GetRawText(), CultureInfo.InvariantCulture))];

    private static List<JsonElement> Values(Bench bench, SimulatedDevice device, string name) =>
        [.. bench.Telemetry(device).SelectMany(message => message.Json.EnumerateArray()).Where(record => record.GetProperty("n").GetString() == name)];
}
