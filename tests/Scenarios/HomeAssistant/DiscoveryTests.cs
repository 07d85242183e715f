using System.Text.Json;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.HomeAssistant;

/// <summary>A device as Home Assistant finds it, which knows no more than the discovery messages.</summary>
[TestClass]
public sealed class DiscoveryTests
{
    private const int Led = 2;
    private const string Enabled = ""","homeassistant":{"enabled":true}""";

    [TestMethod]
    public async Task Button_restarts_the_device_and_another_blinks_its_LED()
    {
        await using Bench bench = await Bench.StartAsync();
        await using TestClient assistant = await AssistantAsync(bench);
        SimulatedDevice device = bench.BootOnline(more: Enabled);
        await PressAsync(assistant, Found(bench, assistant, device, "button", "identify"));
        bench.WaitFor(() => device.Chip.Pins.LevelOf(Led) == true, "the LED is not lit");

        await PressAsync(assistant, Found(bench, assistant, device, "button", "restart"));
        bench.WaitFor(() => bench.Status(device) is "offline", "it does not restart");
        Assert.IsTrue(bench.Scheduler.RunUntil(() => bench.Status(device) is "online", 60_000), "it does not come back");
        Assert.AreEqual(2, bench.Client.On($"m2m/{device.Id}/status").Last().Json.GetProperty("boot").GetInt32());
    }

    [TestMethod]
    public async Task Alarm_of_a_limit_and_event_of_a_rule_have_types_that_were_announced()
    {
        await using Bench bench = await Bench.StartAsync();
        await using TestClient assistant = await AssistantAsync(bench);
        SimulatedDevice device = bench.BootOnline(more: Enabled
            + ""","channels":{"temperature":{"high":-40}},"rules":{"warm":{"when":[{"channel":"temperature","above":-40}],"then":[{"event":"warm"}]}}""");
        JsonElement config = Found(bench, assistant, device, "event", "alarm");
        string[] types = [.. config.GetProperty("evt_typ").EnumerateArray().Select(type => type.GetString()!)];
        bench.Scheduler.RunUntil(() => bench.Events(device, "alarm").Any() && bench.Events(device, "rule").Any(), 60_000);

        Assert.AreEqual($"m2m/{device.Id}/event", TopicOf(config, "stat_t"));
        Assert.AreEqual("high", bench.Events(device, "alarm").Single().Json.GetProperty("state").GetString());
        CollectionAssert.Contains(types, "high");
        CollectionAssert.Contains(types, bench.Events(device, "rule").Single().Json.GetProperty("state").GetString());
    }

    [TestMethod]
    public async Task Device_has_its_new_name_at_once_and_nothing_is_published_again_for_the_same_one()
    {
        const string Name = "Wohnzimmer \"Süd\" 🔥";
        await using Bench bench = await Bench.StartAsync();
        await using TestClient assistant = await AssistantAsync(bench);
        SimulatedDevice device = bench.BootOnline(more: Enabled);
        int count = Settle(bench, assistant);
        await NameAsync(bench, device, Name);
        int renamed = Settle(bench, assistant);
        await NameAsync(bench, device, Name);
        int same = Settle(bench, assistant);

        JsonElement[] devices = [.. assistant.Messages.Select(message => message.Json.GetProperty("dev"))];
        Assert.IsTrue(devices.Take(count).All(dev => dev.GetProperty("name").GetString() == device.Id));
        Assert.IsTrue(devices.Skip(count).All(dev => dev.GetProperty("name").GetString() == Name));
        Assert.AreEqual(2 * count, renamed);
        Assert.AreEqual(renamed, same);
    }

    private static async Task<TestClient> AssistantAsync(Bench bench)
    {
        var assistant = new TestClient();
        await assistant.ConnectAsync(bench.Broker.Port, "homeassistant/#");
        return assistant;
    }

    // Lets the device publish all that it wants to.
    private static int Settle(Bench bench, TestClient assistant)
    {
        int before;
        do
        {
            before = assistant.Messages.Count;
            bench.RunFor(30);
        }
        while (assistant.Messages.Count > before);
        return before;
    }

    private static async Task NameAsync(Bench bench, SimulatedDevice device, string name) =>
        RequestTests.Result(await bench.RequestAsync(device, "settings.set", $$$"""{"values":{"name":{{{JsonSerializer.Serialize(name)}}}}}"""));

    private static JsonElement Found(Bench bench, TestClient assistant, SimulatedDevice device, string component, string objectId)
    {
        string topic = $"homeassistant/{component}/{device.Id}/{objectId}/config";
        bench.Scheduler.RunUntil(() => assistant.On(topic).Any(), 60_000);
        return assistant.On(topic).Last().Json;
    }

    private static string TopicOf(JsonElement config, string key) =>
        config.GetProperty(key).GetString()!.Replace("~", config.GetProperty("~").GetString(), StringComparison.Ordinal);

    private static Task PressAsync(TestClient assistant, JsonElement button) =>
        assistant.PublishAsync(TopicOf(button, "cmd_t"), button.GetProperty("pl_prs").GetString()!);
}
