using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Outputs;

/// <summary>Outputs of a whole device, as a client and an observer of the pins see them.</summary>
[TestClass]
public sealed class OutputTests
{
    private const int Fan = 25;
    private const int Up = 26;
    private const int Down = 27;
    private const int Bell = 32;
    private const int Compressor = 33;

    private const string Settings = """
        ,"actuators":{"fan":{"pin":25,"kind":"level","frequency":25000},"up":{"pin":26,"interlock":"down"},"down":{"pin":27},
        "bell":{"pin":32,"kind":"pulse","pulse":200},"compressor":{"pin":33,"minOn":30,"minOff":60}}
        """;

    [TestMethod]
    public async Task Level_is_at_the_pin_and_in_what_the_device_publishes()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Settings);
        Assert.AreEqual("""{"on":true,"level":40}""", await SetAsync(bench, device, """{"name":"fan","level":40}"""));
        Assert.AreEqual(new PinPulses(0, 25_000, 4000), device.Chip.Pins.PulsesOf(Fan));
        bench.RunFor(2);
        bench.WaitFor(() => bench.Events(device, "actuator").Any(e => e.Json.GetProperty("level").GetInt32() == 40), "no event");
        bench.WaitFor(
            () => bench.Client.On($"m2m/{device.Id}/status").Last().Json.GetProperty("actuators").GetProperty("fan").ToString() == "40",
            "not in the status");
    }

    [TestMethod]
    public async Task Pulse_ends_by_itself()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Settings);
        await SetAsync(bench, device, """{"name":"bell","on":true}""");
        Assert.IsTrue(device.Chip.Pins.LevelOf(Bell));
        bench.RunFor(1);
        PinChange[] changes = [.. device.Chip.Pins.History.Where(change => change.Pin == Bell)];
        CollectionAssert.AreEqual(new bool?[] { false, true, false }, changes.Select(change => change.IsHigh).ToArray());
        Assert.AreEqual(200, changes[2].AtMs - changes[1].AtMs);
    }

    [TestMethod]
    public async Task Interlocked_outputs_are_never_on_together()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Settings);
        await SetAsync(bench, device, """{"name":"up","on":true,"seconds":20}""");
        Assert.AreEqual("-32004 interlock: up is on 20", await SetAsync(bench, device, """{"name":"down","on":true}"""));
        bench.RunFor(21);
        Assert.AreEqual("""{"on":true}""", await SetAsync(bench, device, """{"name":"down","on":true}"""));
        bool up = false;
        bool down = false;
        foreach (PinChange change in device.Chip.Pins.History)
        {
            up = change.Pin == Up ? change.IsHigh is true : up;
            down = change.Pin == Down ? change.IsHigh is true : down;
            Assert.IsFalse(up && down);
        }
    }

    [TestMethod]
    public async Task Compressor_is_safe_at_a_restart_and_waits_after_it()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Settings);
        bench.RunFor(60);
        Assert.AreEqual("""{"on":true}""", await SetAsync(bench, device, """{"name":"compressor","on":true}"""));
        Assert.AreEqual("-32004 on for less than its minOn of 30 s 30", await SetAsync(bench, device, """{"name":"compressor","on":false}"""));
        await bench.RequestAsync(device, "restart");
        bench.RunFor(5);
        Assert.IsFalse(device.Chip.Pins.LevelOf(Compressor));
        bench.ComeOnline(device, 30);
        string refusal = await SetAsync(bench, device, """{"name":"compressor","on":true}""");
        Assert.StartsWith("-32004 off for less than its minOff of 60 s ", refusal);
        bench.RunFor(60);
        Assert.AreEqual("""{"on":true}""", await SetAsync(bench, device, """{"name":"compressor","on":true}"""));
    }

    [TestMethod]
    public async Task Interlock_that_names_nothing_is_refused_and_changes_nothing()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Settings);
        JsonElement response = (await bench.RequestAsync(device, "settings.set", """{"values":{"actuators.fan.interlock":"nothing"}}""")).Json;
        Assert.AreEqual("must name another actuator", response.GetProperty("error").GetProperty("data").GetProperty("reason").GetString());
    }

    // The result, or the error's code, reason and, if there is one, retryAfter.
    private static async Task<string> SetAsync(Bench bench, SimulatedDevice device, string parameters)
    {
        JsonElement response = (await bench.RequestAsync(device, "actuators.set", parameters)).Json;
        if (response.TryGetProperty("result", out JsonElement result))
        {
            return result.GetRawText();
        }

        JsonElement error = response.GetProperty("error");
        JsonElement data = error.GetProperty("data");
        return $"{error.GetProperty("code")} {data.GetProperty("reason")} {(data.TryGetProperty("retryAfter", out JsonElement retryAfter) ? retryAfter.ToString() : "")}".TrimEnd();
    }
}
