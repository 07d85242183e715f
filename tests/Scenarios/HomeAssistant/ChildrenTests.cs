using System.Text.Json;
using Boards.NativeSim.Simulation;
using Scenarios.Gateway;
using Scenarios.Harness;

namespace Scenarios.HomeAssistant;

/// <summary>A child of a gateway in Home Assistant: a slave by libmodbus, a device, mosquitto, and the templates of the discovery messages in Jinja2.</summary>
[TestClass]
public sealed class ChildrenTests
{
    [TestMethod]
    [DataRow("senml")]
    [DataRow("json")]
    public async Task Child_is_shown_set_lost_and_back(string format)
    {
        await using Bench bench = await Bench.StartAsync(Brokers.Mosquitto);
        await using Assistant assistant = await Assistant.StartAsync(bench);
        using var line = new PeerLine(ModbusSlave.Program, [], ["19200", "E"]);
        SimulatedDevice device = bench.Add(more: $$$"""
            ,"homeassistant":{"enabled":true},"telemetry":{"format":"{{{format}}}"},"channels":{"meter_voltage":{"deadband":1}},
            "children":{"meter":{"address":7,"baud":19200,"parity":"even","interval":10,"registers":"voltage 1 u16 0.1 V, frequency 40 float 0.01 Hz, run 50 u16 rw, setpoint 52 s16 0.1 Cel rw"}}
            """);
        line.Connect(device);
        device.Boot();
        bench.ComeOnline(device);
        bench.RunFor(30);

        JsonElement voltage = assistant.Entity(device, "sensor", "meter_voltage");
        JsonElement run = assistant.Entity(device, "switch", "meter_run");
        JsonElement setpoint = assistant.Entity(device, "number", "meter_setpoint");
        JsonElement own = assistant.Entity(device, "sensor", "temperature");
        Assert.AreEqual(own.GetProperty("dev").GetProperty("ids").GetString(), voltage.GetProperty("dev").GetProperty("via_device").GetString());
        Assert.AreEqual(4, assistant.Entities.Values.Count(entity => entity.GetProperty("dev").GetProperty("name").GetString() == "meter"));
        Assert.AreEqual("70.1", assistant.StateOf(voltage));
        Assert.AreEqual("123.46", assistant.StateOf(assistant.Entity(device, "sensor", "meter_frequency")));
        Assert.AreEqual("75.2", assistant.StateOf(setpoint));
        Assert.IsTrue(assistant.IsAvailable(voltage) && assistant.IsAvailable(run) && assistant.IsAvailable(own));

        await assistant.SetAsync(setpoint, -21.5);
        await assistant.TurnAsync(run, true);
        RunUntilShown(bench, assistant, setpoint, "-21.5");
        RunUntilShown(bench, assistant, run, run.GetProperty("stat_on").GetString()!);
        await assistant.SetAsync(setpoint, 30);
        await assistant.TurnAsync(run, false);
        RunUntilShown(bench, assistant, setpoint, "30");
        RunUntilShown(bench, assistant, run, run.GetProperty("stat_off").GetString()!);
        Assert.IsTrue(line.Said.Any(said => said.Contains("register 50: 0, 51: 751, 52: 300", StringComparison.Ordinal)), string.Join('\n', line.Said));

        // Nothing comes from a program that is stopped: the world need not wait for it.
        int patience = bench.Time.StrangerPatienceMs;
        bench.Time.StrangerPatienceMs = 50;
        line.Silence(true);
        Assert.IsTrue(bench.Scheduler.RunUntil(() => bench.Events(device, "child-fault").Any(), 60_000), "the child is not lost");
        bench.RunFor(2);
        Assert.IsFalse(assistant.IsAvailable(voltage) || assistant.IsAvailable(run) || assistant.IsAvailable(setpoint), "the child is lost");
        Assert.IsTrue(assistant.IsAvailable(own), "the gateway is there");
        line.Silence(false);
        bench.Time.StrangerPatienceMs = patience;
        Assert.IsTrue(bench.Scheduler.RunUntil(() => bench.Events(device, "child-recovered").Any(), 300_000), "the child is not back");
        bench.RunFor(2);
        Assert.IsTrue(assistant.IsAvailable(voltage) && assistant.IsAvailable(setpoint), "the child is back");
    }

    [TestMethod]
    public async Task Child_that_was_removed_leaves_nothing_at_the_broker()
    {
        await using Bench bench = await Bench.StartAsync(Brokers.Mosquitto);
        SimulatedDevice device = bench.BootOnline(more: """
            ,"homeassistant":{"enabled":true},"children":{"one":{"address":1,"registers":"a 0 u16, b 1 u16 rw"},"two":{"address":2,"like":"one"}}
            """);
        bench.RunFor(60);
        RequestTests.Result(await bench.RequestAsync(device, "settings.set", """{"values":{"children.one":null,"children.two.like":null,"children.two.registers":"b 1 u16"}}"""));
        await bench.RequestAsync(device, "restart");
        Assert.IsTrue(bench.Scheduler.RunUntil(() => bench.Client.On($"m2m/{device.Id}/status").Last().Json.TryGetProperty("boot", out JsonElement boot) && boot.GetInt32() == 2, 120_000));
        bench.RunFor(60);

        // What is retained is what one gets who comes now.
        await using Assistant assistant = await Assistant.StartAsync(bench);
        bench.WaitFor(() => assistant.Entities.Count > 0, "nothing is retained");
        await assistant.CatchUpAsync();
        string[] children = [.. assistant.Entities.Keys.Where(topic => topic.Contains("/one_", StringComparison.Ordinal) || topic.Contains("/two_", StringComparison.Ordinal))];
        Assert.AreEqual($"homeassistant/sensor/{device.Id}/two_b/config", string.Join(' ', children));
    }

    private static void RunUntilShown(Bench bench, Assistant assistant, JsonElement entity, string state)
    {
        for (int i = 0; i < 20 && assistant.StateOf(entity) != state; i++)
        {
            bench.RunFor(2);
        }

        Assert.AreEqual(state, assistant.StateOf(entity));
    }
}
