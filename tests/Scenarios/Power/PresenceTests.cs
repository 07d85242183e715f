using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Power;

/// <summary>A client that knows nothing but the retained status of a device that sleeps.</summary>
[TestClass]
public sealed class PresenceTests
{
    private const long GraceSeconds = 60;
    private const string Deadbands = ""","channels":{"temperature":{"deadband":50,"heartbeat":86400},"humidity":{"deadband":100,"heartbeat":86400},"pressure":{"deadband":50000,"heartbeat":86400},"battery-voltage":{"deadband":5,"heartbeat":86400},"energy":{"deadband":1000,"heartbeat":86400}}""";

    [TestMethod]
    public async Task Device_is_sleeping_between_its_wakes()
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeper.Boot(bench);
        sleeper.RunWakes(2);
        bench.RunFor(100);
        bench.WaitFor(() => bench.Status(sleeper.Device) is "sleeping", "not published");

        Assert.AreEqual("sleeping", await JudgeAsync(bench, sleeper));
    }

    [TestMethod]
    public async Task Device_that_loses_its_power_while_it_is_awake_is_lost()
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeper.Boot(bench);
        sleeper.RunWakes(2);
        Assert.IsTrue(bench.Scheduler.RunUntil(() => sleeper.Device.Figures.Readings > 2 && sleeper.Device.State == LinkState.Online, 400_000));
        sleeper.Device.CutPower();
        bench.RunFor(5);
        bench.WaitFor(() => bench.Status(sleeper.Device) is "lost", "no will");

        Assert.AreEqual("lost", await JudgeAsync(bench, sleeper));
    }

    [TestMethod]
    public async Task Device_that_loses_its_power_in_its_sleep_is_lost_after_its_next_wake_is_overdue()
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeper.Boot(bench);
        sleeper.RunWakes(2);
        bench.RunFor(10);
        sleeper.Device.CutPower();
        Assert.AreEqual("sleeping", await JudgeAsync(bench, sleeper));
        bench.RunFor(Sleeper.Interval + (int)GraceSeconds);

        Assert.AreEqual("lost", await JudgeAsync(bench, sleeper));
    }

    [TestMethod]
    public async Task Device_that_is_stopped_while_it_is_awake_is_off()
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeper.Boot(bench);
        sleeper.RunWakes(2);
        Assert.IsTrue(bench.Scheduler.RunUntil(() => sleeper.Device.State == LinkState.Online, 400_000));
        sleeper.Device.Stop();
        bench.RunFor(5);
        bench.WaitFor(() => bench.Status(sleeper.Device) is "offline", "not offline");

        Assert.AreEqual("offline", await JudgeAsync(bench, sleeper));
    }

    /// <summary>Otherwise nobody could tell a device that saves its radio from one that is lost.</summary>
    [TestMethod]
    [DataRow("", "")]
    [DataRow(""","publishEvery":12""", "")]
    [DataRow(""","publishEvery":7,"mailbox":86400""", "")]
    [DataRow(""","publishEvery":12,"mailbox":900""", "")]
    [DataRow("", Deadbands)]
    [DataRow(""","mailbox":7200""", Deadbands)]
    public async Task Sleeping_device_connects_by_the_time_that_it_published(string power, string more)
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeper.Boot(bench, 1, power, more, options: new DeviceOptions { BatteryMah = 2000, SleepDriftPpm = 2000 });
        string state = string.Empty;
        for (int minute = 0; minute < 8 * 60; minute++)
        {
            bench.RunFor(60);
            state = sleeper.IsAsleep ? await JudgeAsync(bench, sleeper) : "sleeping";
            Assert.AreEqual("sleeping", state, $"after {minute} minutes: {bench.Client.On(sleeper.StatusTopic).Last().Text}");
        }
    }

    /// <summary>And no longer than that: to promise too little would be worthless.</summary>
    [TestMethod]
    [DataRow("", 1)]
    [DataRow(""","publishEvery":12""", 12)]
    public async Task Sleeping_device_publishes_the_wake_in_which_it_can_be_reached(string power, int wakes)
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeper.Boot(bench, 1, power);
        sleeper.RunWakes(2 + wakes);
        bench.WaitFor(() => bench.Status(sleeper.Device) is "sleeping", "not published");
        JsonElement status = bench.Client.On(sleeper.StatusTopic).Last().Json;

        Assert.AreEqual(wakes * Sleeper.Interval, status.GetProperty("until").GetInt64() - status.GetProperty("time").GetInt64(), 20);
    }

    [TestMethod]
    public async Task Home_Assistant_takes_a_sleeping_device_for_available_and_its_values_for_fresh()
    {
        await using Bench bench = await Bench.StartAsync();
        await using var assistant = new TestClient();
        await assistant.ConnectAsync(bench.Broker.Port, "homeassistant/#");
        Sleeper sleeper = Sleeper.Boot(bench, 1, ""","publishEvery":12""", ""","homeassistant":{"enabled":true}""");
        sleeper.RunWakes(30);
        string Topic(Received message) => message.Topic;
        bench.WaitFor(() => assistant.Messages.Any(message => Topic(message).Contains("temperature", StringComparison.Ordinal)), "not announced");
        JsonElement payload = assistant.Messages.Last(message => Topic(message).Contains("temperature", StringComparison.Ordinal)).Json;
        long[] radio = [.. sleeper.Wakes.Where(wake => wake.Radio).Select(wake => wake.WakeAtMs / 1000)];
        long pause = radio.Zip(radio.Skip(1), (left, right) => right - left).Max();

        Assert.IsGreaterThan(pause, payload.GetProperty("exp_aft").GetInt64());
        Assert.AreEqual("~/status", payload.GetProperty("avty_t").GetString());
        Assert.Contains("'online' if value_json.state in ('online','sleeping')", payload.GetProperty("avty_tpl").GetString()!);
    }

    // As a receiver that has just come: the retained message is all that it gets.
    private static async Task<string> JudgeAsync(Bench bench, Sleeper sleeper)
    {
        await using var receiver = new TestClient();
        await receiver.ConnectAsync(bench.Broker.Port, sleeper.StatusTopic);
        bench.WaitFor(() => receiver.Messages.Count > 0, "nothing is retained");
        JsonElement status = receiver.Messages.First().Json;
        string state = status.GetProperty("state").GetString()!;
        long now = new DateTimeOffset(bench.Time.UtcNow).ToUnixTimeSeconds();
        bool isOverdue = state == "sleeping" && status.TryGetProperty("until", out JsonElement until) && now > until.GetInt64() + GraceSeconds;
        return isOverdue ? "lost" : state;
    }
}
