using System.Text.Json;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Settings;

/// <summary>Settings that name a pin, on a whole device with the pins of an ESP32-DevKitC.</summary>
[TestClass]
public sealed class PinSettingTests
{
    [TestMethod]
    [DataRow("actuators.pump.pin", 6, "GPIO 6 is taken by the flash: use 0, 4, ")]
    [DataRow("actuators.pump.pin", 17, "GPIO 17 is taken by 1-Wire: use 0, 4, ")]
    [DataRow("actuators.pump.pin", 34, "GPIO 34 has no output: use 0, 4, ")]
    [DataRow("power.wakePin", 5, "GPIO 5 has no wake-up from deep sleep: use 0, 4, ")]
    public async Task Pin_that_cannot_serve_is_refused_with_those_that_can(string key, int pin, string reason)
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();

        Received answer = await bench.RequestAsync(device, "settings.set", $$$"""{"values":{"{{{key}}}":{{{pin}}}}}""");

        JsonElement data = answer.Json.GetProperty("error").GetProperty("data");
        Assert.AreEqual(key, data.GetProperty("param").GetString());
        Assert.StartsWith(reason, data.GetProperty("reason").GetString());
    }

    [TestMethod]
    public async Task Pin_in_the_file_that_cannot_serve_is_reported_and_left_alone()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","actuators":{"pump":{"pin":6},"fan":{"pin":26}}""");

        JsonElement list = RequestTests.Result(await bench.RequestAsync(device, "actuators.list"));

        Assert.AreEqual("fan", string.Join(' ', list.EnumerateObject().Select(actuator => actuator.Name)));
        Assert.IsFalse(device.Chip.Pins.History.Any(change => change.Pin == 6));
        bench.WaitFor(() => bench.Events(device, "settings-fault").Any(), "the file's fault is not published");
        JsonElement fault = bench.Events(device, "settings-fault").First().Json;
        Assert.AreEqual("actuators.pump.pin", fault.GetProperty("path").GetString());
        Assert.StartsWith("GPIO 6 is taken by the flash: use ", fault.GetProperty("reason").GetString());
    }
}
