using System.Text.Json;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.HomeAssistant;

/// <summary>The templates of all kinds of entities with all messages of their topics, evaluated with Jinja2 as by Home Assistant.</summary>
[TestClass]
public sealed class TemplateTests
{
    private const int Door = 4;

    [TestMethod]
    [DataRow("senml")]
    [DataRow("json")]
    public async Task Template_reads_its_value_and_makes_no_warning_with_any_message(string format)
    {
        await using Bench bench = await Bench.StartAsync();
        await using Assistant assistant = await Assistant.StartAsync(bench);
        SimulatedDevice device = bench.BootOnline(more: $$$"""
            ,"homeassistant":{"enabled":true},"telemetry":{"format":"{{{format}}}"},"channels":{"temperature":{"high":-40}},
            "actuators":{"relay":{"pin":25},"fan":{"pin":26,"kind":"level"}},"inputs":{"door":{"pin":4,"pull":"none"},"water":{"kind":"pulse","pin":5,"unit":"m3"}},
            "rules":{"warm":{"when":[{"channel":"temperature","above":-40}],"then":[{"event":"warm"}]}},
            "children":{"meter":{"address":1,"interval":5,"registers":"voltage 0 u16 0.1 V"}}
            """);
        bench.RunFor(60);
        device.Chip.Pins.Wire(Door, true);
        bench.RunFor(10);
        bench.WaitFor(() => bench.Events(device, "input").Any(), "the door is not open");
        await assistant.TurnAsync(assistant.Entity(device, "switch", "relay"), true);
        await assistant.SetAsync(assistant.Entity(device, "number", "fan"), 40);
        bench.RunFor(15);

        var states = assistant.Entities.Where(entity => entity.Value.TryGetProperty("val_tpl", out _)).ToDictionary(entity => entity.Key.Split('/')[1] + "/" + entity.Key.Split('/')[^2], entity => assistant.StateOf(entity.Value));
        foreach ((string entity, string? state) in states)
        {
            Assert.AreEqual(entity == "sensor/meter_voltage", state is null, $"{entity}: {state}");
        }

        Assert.AreEqual("ON", states["binary_sensor/status"]);
        Assert.AreEqual("True", states["binary_sensor/door"]);
        JsonElement trigger = assistant.Entity(device, "device_automation", "door");
        Assert.AreEqual(1, assistant.StatesOf(trigger).Count(state => state == trigger.GetProperty("pl").GetString()));
        Assert.AreEqual("True", states["switch/relay"]);
        Assert.AreEqual("40", states["number/fan"]);
        Assert.AreEqual("0.1.0", JsonDocument.Parse(states["update/firmware"]!).RootElement.GetProperty("latest_version").GetString());
        StringAssert.Contains(states["event/alarm"], "\"event_type\": \"active\"");
        Assert.AreEqual(20, double.Parse(states["sensor/temperature"]!, System.Globalization.CultureInfo.InvariantCulture), 30);
        foreach (JsonElement entity in assistant.Entities.Values.Where(entity => entity.TryGetProperty("avty_tpl", out _)))
        {
            Assert.AreEqual(entity.GetProperty("dev").GetProperty("name").GetString() != "meter", assistant.IsAvailable(entity), entity.GetRawText());
        }
    }
}
