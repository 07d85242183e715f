using System.Globalization;
using System.Text.Json;
using Scenarios.Harness;

namespace Scenarios.Power;

/// <summary>What is asked of a device while it sleeps.</summary>
[TestClass]
public sealed class MailboxTests
{
    private const string Client = "tester";

    [TestMethod]
    [DynamicData(nameof(Brokers.All), typeof(Brokers))]
    public async Task Request_sent_to_a_sleeping_device_is_answered_at_its_next_wake(string broker)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        Sleeper sleeper = Sleeping(bench);
        await AskAsync(bench, sleeper, "a", "ping");
        sleeper.RunWakes(1);

        bench.WaitFor(() => Answers(bench, sleeper).Any(), "no answer");
    }

    [TestMethod]
    public async Task Request_waits_for_the_wake_with_radio()
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeping(bench, ""","publishEvery":4""");
        int before = sleeper.Wakes.Count(wake => wake.Radio);
        await AskAsync(bench, sleeper, "a", "ping");
        Assert.IsTrue(bench.Scheduler.RunUntil(() => Answers(bench, sleeper).Any() && sleeper.IsAsleep, 5 * Sleeper.Interval * 1000));

        Assert.AreEqual(before + 1, sleeper.Wakes.Count(wake => wake.Radio));
    }

    [TestMethod]
    [DynamicData(nameof(Brokers.All), typeof(Brokers))]
    public async Task Ten_requests_are_answered_in_one_visit(string broker)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        Sleeper sleeper = Sleeping(bench);
        for (int i = 0; i < 10; i++)
        {
            await AskAsync(bench, sleeper, string.Create(CultureInfo.InvariantCulture, $"r{i}"), i % 2 == 0 ? "ping" : "read");
        }

        sleeper.RunWakes(1);
        bench.WaitFor(() => Answers(bench, sleeper).Count() >= 10, "not all are answered");
        string[] ids = [.. Answers(bench, sleeper).Where(answer => answer.TryGetProperty("result", out _)).Select(answer => answer.GetProperty("id").GetString()!).Order()];
        Console.WriteLine($"ten requests in a wake of {sleeper.Wakes[^1].AwakeMs} ms, without any {sleeper.Wakes[^2].AwakeMs} ms");
        CollectionAssert.AreEqual(Enumerable.Range(0, 10).Select(i => $"r{i}").ToArray(), ids);
    }

    [TestMethod]
    public async Task Request_that_is_past_its_deadline_is_refused()
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeping(bench);
        await AskLateAsync(bench, sleeper);
        sleeper.RunWakes(1);
        bench.WaitFor(() => Answers(bench, sleeper).Any(), "no answer");

        Assert.AreEqual(-32001, Answers(bench, sleeper).Single().GetProperty("error").GetProperty("code").GetInt32());
    }

    [TestMethod]
    public async Task Request_that_is_past_its_deadline_is_not_carried_out()
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeping(bench);
        await AskLateAsync(bench, sleeper);
        sleeper.RunWakes(1);

        Assert.IsLessThan(20_000, sleeper.Wakes[^1].AwakeMs);
    }

    [TestMethod]
    public async Task Device_that_is_asked_to_stay_awake_does_so_for_that_time()
    {
        await using Bench bench = await Bench.StartAsync();
        Sleeper sleeper = Sleeping(bench);
        await AskAsync(bench, sleeper, "a", "power.stayAwake", """{"seconds":100}""");
        sleeper.RunWakes(1);

        Assert.AreEqual(103_000, sleeper.Wakes[^1].AwakeMs, 3000);
    }

    private static Sleeper Sleeping(Bench bench, string power = "")
    {
        Sleeper sleeper = Sleeper.Boot(bench, 1, power);
        sleeper.RunWakes(2);
        bench.RunFor(10);
        return sleeper;
    }

    // In time for a device that is awake, too late for one that wakes in minutes.
    private static Task AskLateAsync(Bench bench, Sleeper sleeper) =>
        AskAsync(bench, sleeper, "late", "power.stayAwake", """{"seconds":100}""", $",\"deadline\":{new DateTimeOffset(bench.Time.UtcNow).ToUnixTimeSeconds() + 30}");

    private static Task AskAsync(Bench bench, Sleeper sleeper, string id, string method, string parameters = "{}", string more = "") => bench.Client.PublishAsync(
        $"m2m/{sleeper.Device.Id}/request",
        $$"""{"jsonrpc":"2.0","id":"{{id}}","method":"{{method}}","params":{{parameters}},"from":"{{Client}}"{{more}}}""");

    private static IEnumerable<JsonElement> Answers(Bench bench, Sleeper sleeper) =>
        bench.Client.On($"m2m/{sleeper.Device.Id}/response/{Client}").Select(message => message.Json);
}
