using System.Globalization;
using System.Text.Json;
using Boards.NativeSim.Simulation;
using M2m.Updates;
using Scenarios.Harness;
using Scenarios.Updates;

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
    public async Task Status_has_the_progress_of_an_update_for_the_update_entity()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        await using TestClient assistant = await AssistantAsync(bench.Bench);
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0"));
        SimulatedDevice device = bench.BootOnline(more: Enabled + UpdateBench.AtOnce);
        JsonElement config = Found(bench.Bench, assistant, device, "update", "firmware");
        await bench.ServeAsync();
        await bench.OfferAsync(device, release);
        bench.RunUntilReported(device, "confirmed");
        bench.Bench.RunFor(10);

        string topic = TopicOf(config, "stat_t");
        Assert.IsFalse(config.TryGetProperty("cmd_t", out _), "the device cannot install what it was not offered");
        string[] states = [.. bench.Bench.Client.On(topic).Select(message => Shown(message.Json)).Where(state => state.Length > 0)];
        string[] distinct = [.. states.Where((state, i) => i == 0 || state != states[i - 1])];
        Assert.AreEqual("0.1.0", distinct[0]);
        Assert.AreEqual("0.2.0", distinct[^1]);
        Assert.EndsWith(" 0.2.0 100", distinct[^2], "before it is installed");
        int[] percents = [.. distinct.Where(state => state.StartsWith("0.1.0 0.2.0 ", StringComparison.Ordinal)).Select(state => int.Parse(state.Split(' ')[2], CultureInfo.InvariantCulture))];
        Assert.IsGreaterThan(2, percents.Length, string.Join(", ", distinct));
        CollectionAssert.AreEqual(percents.Order().ToArray(), percents, "it goes back");
    }

    [TestMethod]
    public async Task Update_that_waits_for_a_gate_is_not_in_progress_and_leaves_the_status_when_it_is_cancelled()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","update":{"percent":0}""");
        await bench.OfferAsync(device, bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0")), isForced: false);
        string Last() => Shown(bench.Bench.Client.On($"m2m/{device.Id}/status").Last().Json);
        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => Last() == "0.1.0 0.2.0", 60_000), Last());

        RequestTests.Result(await bench.Bench.RequestAsync(device, "update.cancel"));
        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => Last() == "0.1.0", 60_000), Last());
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

    // What the template of the update entity reads.
    private static string Shown(JsonElement status)
    {
        if (status.GetProperty("state").GetString() != "online")
        {
            return string.Empty;
        }

        JsonElement? updating = status.TryGetProperty("updating", out JsonElement member) ? member : null;
        string?[] parts =
        [
            status.GetProperty("version").GetString(),
            updating?.GetProperty("version").GetString(),
            updating is { } update && update.TryGetProperty("percent", out JsonElement percent) ? percent.GetRawText() : null,
        ];
        return string.Join(' ', parts.Where(part => part is not null));
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
