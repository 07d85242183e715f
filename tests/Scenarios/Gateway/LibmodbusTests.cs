using System.Text.Json;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Gateway;

/// <summary>The master against libmodbus as a slave, over a pair of pseudo-terminals.</summary>
[TestClass]
public class LibmodbusTests
{
    private const string Settings = """
        ,"interval":3600,"children":{"meter":{"address":7,"baud":19200,"parity":"even","interval":10,
        "registers":"a 0 u16, b 1 u16 0.1 V, c 2 u32, d i5 s16, f 40 float Hz, g 42 float-swapped 0.01, x 50 u16 rw, y 51 u32 rw"}}
        """;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Registers_of_all_kinds_are_read_as_the_library_has_them()
    {
        await using Bench bench = await Bench.StartAsync();
        using var line = new PeerLine(ModbusSlave.Program, [], ["19200", "E"]);
        SimulatedDevice device = Online(bench, line);
        bench.RunFor(15);
        Dictionary<string, double> values = await ValuesAsync(bench, device);
        Assert.AreEqual(700, values["a"]);
        Assert.AreEqual(70.1, values["b"]);
        Assert.AreEqual((702 << 16) + 703, values["c"]);
        Assert.AreEqual(7005, values["d"]);
        Assert.AreEqual(123.456, values["f"]);
        Assert.AreEqual(-0.25, values["g"]);
        Assert.IsTrue(line.Said.All(said => !said.StartsWith("function", StringComparison.Ordinal) || said.StartsWith("function 3", StringComparison.Ordinal) || said.StartsWith("function 4", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Program_reads_a_device_of_the_host_in_real_time()
    {
        await using Bench bench = await Bench.StartAsync();
        using var line = new PeerLine(ModbusSlave.Program, [], ["9600", "N"]);
        Directory.CreateDirectory(TestContext.TestRunDirectory!);
        string settings = Path.Combine(TestContext.TestRunDirectory!, "serial-settings.json");
        await File.WriteAllTextAsync(settings, """{"interval":3600,"children":{"meter":{"address":7,"interval":1,"registers":"a 0 u16, d i5 s16"}}}""");
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunAsync(
            "--broker", $"mqtt://127.0.0.1:{bench.Broker.Port}", "--serial", line.Device, "--settings", settings, "--duration", "8", "--json");
        Assert.AreEqual(0, outcome.ExitCode, string.Join('\n', outcome.Errors));
        Assert.IsTrue(bench.Client.Messages.Any(message => message.Text.Contains("\"n\":\"meter_a\",\"v\":700},{\"n\":\"meter_d\",\"v\":7005}", StringComparison.Ordinal)), string.Join('\n', line.Said));
    }

    [TestMethod]
    public async Task Registers_are_written_and_read_back()
    {
        await using Bench bench = await Bench.StartAsync();
        using var line = new PeerLine(ModbusSlave.Program, [], ["19200", "E"]);
        SimulatedDevice device = Online(bench, line);
        bench.RunFor(12);
        await bench.RequestAsync(device, "children.set", """{"channel":"meter_x","value":4242}""");
        await bench.RequestAsync(device, "children.set", """{"channel":"meter_y","value":65538}""");
        bench.RunFor(12);
        Assert.IsTrue(line.Said.Contains("function 6, register 50: 4242, 51: 751, 52: 752"), string.Join('\n', line.Said));
        Assert.IsTrue(line.Said.Contains("function 16, register 50: 4242, 51: 1, 52: 2"), string.Join('\n', line.Said));
        Dictionary<string, double> values = await ValuesAsync(bench, device);
        Assert.AreEqual(4242, values["x"]);
        Assert.AreEqual(65538, values["y"]);
    }

    [TestMethod]
    public async Task Register_that_the_library_refuses_is_an_event()
    {
        await using Bench bench = await Bench.StartAsync();
        using var line = new PeerLine(ModbusSlave.Program, [], ["19200", "E"]);
        SimulatedDevice device = bench.Add(more: Settings.Replace("d i5 s16", "d 100 u16", StringComparison.Ordinal));
        line.Connect(device);
        device.Boot();
        bench.ComeOnline(device);
        bench.RunFor(15);
        Received fault = bench.Events(device, "child-fault").Single();
        Assert.AreEqual("d: exception 2: no such register", fault.Json.GetProperty("reason").GetString());
        Assert.AreEqual(700, (await ValuesAsync(bench, device))["a"]);
    }

    private static SimulatedDevice Online(Bench bench, PeerLine line)
    {
        SimulatedDevice device = bench.Add(more: Settings);
        line.Connect(device);
        device.Boot();
        bench.ComeOnline(device);
        return device;
    }

    private static async Task<Dictionary<string, double>> ValuesAsync(Bench bench, SimulatedDevice device)
    {
        Received list = await bench.RequestAsync(device, "children.list");
        JsonElement values = list.Json.GetProperty("result").GetProperty("children")[0].GetProperty("values");
        return values.EnumerateObject().Where(value => value.Value.ValueKind == JsonValueKind.Number).ToDictionary(value => value.Name, value => value.Value.GetDouble());
    }
}
