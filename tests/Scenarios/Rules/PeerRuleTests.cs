using System.Text;
using System.Text.Json;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Rules;

/// <summary>Two devices at a broker, of which one acts on what the other publishes.</summary>
[TestClass]
public sealed class PeerRuleTests
{
    private const string Watched = "esp32-020000000001";

    public static IEnumerable<object[]> AllBrokers => Brokers.All;

    [TestMethod]
    [DynamicData(nameof(AllBrokers))]
    public async Task Reading_of_one_device_makes_another_ask_it(string broker)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice watched = bench.BootOnline(1);
        SimulatedDevice watcher = bench.BootOnline(2, $$$"""
            ,"rules":{"warm":{"when":[{"channel":"temperature","device":"{{{Watched}}}","above":-40}],"then":[{"request":"{{{Watched}}}","method":"identify","params":{"seconds":2}}]}}
            """);

        bench.RunFor(71); // no request in the first minute
        bench.WaitFor(() => bench.Events(watcher, "rule-request").Any(), "no answer");

        JsonElement ended = bench.Events(watcher, "rule-request").Single().Json;
        Assert.AreEqual("warm done " + Watched, $"{ended.GetProperty("rule")} {ended.GetProperty("state")} {ended.GetProperty("device")}");
        Assert.AreEqual(2, ended.GetProperty("result").GetProperty("seconds").GetInt32());
        JsonElement fired = bench.Events(watcher, "rule").Single().Json;
        Assert.AreEqual("warm active", $"{fired.GetProperty("rule")} {fired.GetProperty("state")}");
        Assert.IsEmpty(bench.Events(watched, "rule"));
    }

    [TestMethod]
    [DynamicData(nameof(AllBrokers))]
    public async Task Device_that_loses_its_power_is_noticed(string broker)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice watched = bench.BootOnline(1);
        SimulatedDevice watcher = bench.BootOnline(2, $$$"""
            ,"rules":{"gone":{"when":[{"device":"{{{Watched}}}","presence":"lost","for":5}],"then":[{"event":"gone","urgent":true}],"else":[{"event":"back"}]}}
            """);
        bench.RunFor(11);

        watched.CutPower();
        bench.WaitFor(() => Seen(bench, watcher, "lost"), "no will");
        bench.RunFor(10);
        bench.WaitFor(() => bench.Events(watcher, "rule").Any(), "not noticed");

        Assert.AreEqual("gone", bench.Events(watcher, "rule").Single().Json.GetProperty("event").GetString());
        watched.Restart();
        bench.ComeOnline(watched);
        bench.RunFor(5);
        bench.WaitFor(() => bench.Events(watcher, "rule").Count() == 2, "its return is not noticed");
        Assert.AreEqual("back", bench.Events(watcher, "rule").Last().Json.GetProperty("event").GetString());
    }

    // The broker publishes the will itself: virtual time does not wait for it.
    private static bool Seen(Bench bench, SimulatedDevice by, string state) =>
        bench.Log.Any(e => e.Device == by.Id && e.Topic == $"m2m/{Watched}/status" && Encoding.UTF8.GetString(e.Payload ?? []).Contains($"\"{state}\"", StringComparison.Ordinal));
}
