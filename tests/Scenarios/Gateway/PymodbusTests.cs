using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Gateway;

/// <summary>The master against pymodbus, which shares no code with libmodbus.</summary>
[TestClass]
public class PymodbusTests
{
    [TestMethod]
    public async Task Two_units_are_read_and_written_and_a_third_is_missing()
    {
        await using Bench bench = await Bench.StartAsync();
        using var line = new PeerLine("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "modbus_slave.py")], ["9600"]);
        SimulatedDevice device = bench.Add(more: """
            ,"interval":3600,"children":{
            "one":{"address":1,"interval":10,"registers":"a 0 u16, b 1 u16, c i9 u16, x 20 u16 rw, y 21 s32 rw"},
            "two":{"address":2,"interval":10,"like":"one"},"three":{"address":3,"interval":10,"like":"one"}}
            """);
        line.Connect(device);
        device.Boot();
        bench.ComeOnline(device);
        bench.RunFor(12);
        await bench.RequestAsync(device, "children.set", """{"channel":"two_x","value":7}""");
        await bench.RequestAsync(device, "children.set", """{"channel":"two_y","value":-7}""");
        bench.RunFor(30);
        string[] packs = [.. bench.Telemetry(device).Select(message => message.Text)];
        foreach (string record in new[] { "\"one_a\",\"v\":100}", "\"one_b\",\"v\":101}", "\"one_c\",\"v\":109}", "\"two_a\",\"v\":200}", "\"two_x\",\"v\":7}", "\"two_y\",\"v\":-7}" })
        {
            Assert.IsTrue(packs.Any(pack => pack.Contains(record, StringComparison.Ordinal)), record);
        }

        Assert.AreEqual("three", bench.Events(device, "child-fault").Single().Json.GetProperty("child").GetString());
        Assert.AreEqual(2, bench.Events(device, "child-written").Count());
    }
}
