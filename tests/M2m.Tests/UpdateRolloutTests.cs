using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client.Devices;
using M2m.Client.Updates;
using M2m.Tests.Harness;
using M2m.Updates;

namespace M2m.Tests;

[TestClass]
public class UpdateRolloutTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [TestMethod]
    [DataRow("""{"state":"idle","image":"0.2.0","builtIn":"0.1.0","result":1}""", "confirmed")]
    [DataRow("""{"state":"idle","builtIn":"0.1.0","result":8,"reason":"not online"}""", "rolled-back")]
    [DataRow("""{"state":"idle","builtIn":"0.1.0","result":5}""", "failed")]
    [DataRow("""{"state":"idle","builtIn":"0.1.0","result":10}""", "cancelled")]
    [DataRow("""{"state":"downloading","builtIn":"0.1.0","version":"0.3.0"}""", "failed")]
    public async Task Status_tells_the_end_when_the_events_are_lost(string status, string state)
    {
        using var releases = new Releases();
        RolloutEntry[] entries = Entries(releases, "boiler");
        var rollout = new Rollout(Options(), entries, Answers(_ => """{"state":"downloading","version":"0.2.0"}""", status));
        await rollout.RunAsync(CancellationToken.None).WaitAsync(Tool.Patience);
        Assert.AreEqual(state, entries[0].State);
    }

    [TestMethod]
    public async Task Others_begin_when_the_first_wave_has_ended_and_no_more_than_the_batch_at_once()
    {
        using var releases = new Releases();
        RolloutEntry[] entries = Entries(releases, [.. Enumerable.Range(0, 30).Select(i => $"d{i}")]);
        var offered = new ConcurrentQueue<string>();
        var rollout = new Rollout(
            Options() with { Batch = 20, QuietPatience = TimeSpan.FromMinutes(5) },
            entries,
            Answers(device =>
            {
                offered.Enqueue(device);
                return """{"state":"downloading","version":"0.2.0"}""";
            }));
        Task running = rollout.RunAsync(CancellationToken.None);
        await Wait.ForAsync(() => offered.Count == 2, () => $"{offered.Count}");
        rollout.Take("d0", Event("confirmed"));
        Assert.AreEqual(2, offered.Count);
        rollout.Take("d1", Event("confirmed"));
        await Wait.ForAsync(() => offered.Count == 22, () => $"{offered.Count}");
        rollout.Take("d2", Event("confirmed"));
        await Wait.ForAsync(() => offered.Count == 23, () => $"{offered.Count}");
        while (!running.IsCompleted)
        {
            Array.ForEach([.. offered], device => rollout.Take(device, Event("confirmed")));
            await Task.Delay(1);
        }

        await running;
        Assert.IsTrue(entries.All(entry => entry.IsGood));
    }

    [TestMethod]
    public async Task Event_of_another_version_or_device_changes_nothing()
    {
        using var releases = new Releases();
        RolloutEntry[] entries = Entries(releases, "boiler");
        var rollout = new Rollout(Options() with { Timeout = TimeSpan.FromMilliseconds(300) }, entries, Answers(_ => """{"state":"downloading","version":"0.2.0"}"""));
        Task running = rollout.RunAsync(CancellationToken.None);
        rollout.Take("boiler", new UpdateEvent { State = "confirmed", Version = new ReleaseVersion(0, 3, 0) });
        rollout.Take("boiler", new UpdateEvent { State = "rolled-back" });
        rollout.Take("other", Event("rolled-back"));
        await running.WaitAsync(Tool.Patience);
        Assert.AreEqual(RolloutEntry.Late, entries[0].State);
        rollout.Take("boiler", Event("confirmed"));
        Assert.AreEqual(RolloutEntry.Late, entries[0].State);
    }

    [TestMethod]
    public async Task Busy_device_is_offered_again()
    {
        using var releases = new Releases();
        RolloutEntry[] entries = Entries(releases, "boiler");
        int asked = 0;
        var rollout = new Rollout(Options(), entries, (device, _, _, _, _) => Task.FromResult<Response?>(++asked < 3
            ? new Response(device, null, new DeviceError(Parse("""{"code":-32000,"message":"Busy","data":{"retryAfter":0.1}}""")))
            : new Response(device, Parse("""{"state":"idle","version":"0.2.0","result":1,"reason":"installed already"}"""), null)));
        await rollout.RunAsync(CancellationToken.None).WaitAsync(Tool.Patience);
        Assert.AreEqual((RolloutEntry.Installed, 3), (entries[0].State, asked));
    }

    [TestMethod]
    public async Task Device_that_is_installing_when_it_stops_is_waited_for()
    {
        using var releases = new Releases();
        RolloutEntry[] entries = Entries(releases, "a", "b", "c", "d");
        var cancelled = new ConcurrentQueue<string>();
        var rollout = new Rollout(Options() with { Batch = 40, QuietPatience = TimeSpan.FromMinutes(5) }, entries, (device, method, _, _, _) =>
        {
            if (method == "update.cancel")
            {
                cancelled.Enqueue(device);
            }

            return Task.FromResult<Response?>(new Response(device, Parse(method == "update.cancel" ? """{"state":"idle"}""" : """{"state":"downloading","version":"0.2.0"}"""), null));
        });
        Task running = rollout.RunAsync(CancellationToken.None);
        await Wait.ForAsync(() => entries.All(entry => entry.IsBegun), () => "not all begun");
        rollout.Take("a", Event("trial"));
        rollout.Take("b", Event("rolled-back"));
        await Wait.ForAsync(() => entries.Count(entry => entry.State == "cancelled") == 2, () => string.Join(' ', entries.Select(entry => entry.State)));
        Assert.IsFalse(running.IsCompleted);
        rollout.Take("a", Event("confirmed"));
        await running.WaitAsync(Tool.Patience);
        CollectionAssert.AreEquivalent(new[] { "c", "d" }, cancelled.ToArray());
        Assert.AreEqual("confirmed rolled-back cancelled cancelled", string.Join(' ', entries.Select(entry => entry.State)));
    }

    private static RolloutOptions Options() => new() { QuietPatience = Soon, Timeout = Tool.Patience };

    private static UpdateEvent Event(string state) => new() { State = state, Version = new ReleaseVersion(0, 2, 0) };

    private static RolloutEntry[] Entries(Releases releases, params string[] devices)
    {
        Release release = Release.Load(releases.Add(), null);
        return [.. devices.Select(device => new RolloutEntry(device, release))];
    }

    private static Func<string, string, JsonObject?, TimeSpan, CancellationToken, Task<Response?>> Answers(Func<string, string> offer, string status = "{}") =>
        (device, method, _, _, _) => Task.FromResult<Response?>(new Response(device, Parse(method == Offer.Method ? offer(device) : status), null));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
