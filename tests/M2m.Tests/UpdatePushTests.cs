using System.Diagnostics;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class UpdatePushTests
{
    [TestMethod]
    public async Task Devices_that_confirm_end_with_zero()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add();
        await using FakeUpdatingDevice one = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        await using FakeUpdatingDevice other = await FakeUpdatingDevice.StartAsync(broker, "cellar");
        Ran ran = await Tool.RunAsync(broker, "update", "push", "boiler", "cellar", manifest, "--force", "--key", releases.PublicKey);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual(("0.2.0", "0.2.0"), (one.Image, other.Image));
        Assert.IsTrue((bool)one.Offers.Single()["force"]!);
        StringAssert.Matches(ran.Out, new(@"boiler +0\.2\.0 +confirmed +5/5 +1 success +-"));
        StringAssert.Contains(ran.Error, "2 of 2 run the new version");
        Ran again = await Tool.RunAsync(broker, "update", "push", "boiler", manifest);
        Assert.AreEqual(0, again.ExitCode, again.Error);
        StringAssert.Matches(again.Out, new(@"boiler +0\.2\.0 +installed"));
    }

    [TestMethod]
    [DataRow(Fate.Returns, "rolled-back", "not online in time")]
    [DataRow(Fate.Refuses, "refused", "the signature is not valid")]
    [DataRow(Fate.IsSilent, "silent", "online, but no response")]
    [DataRow(Fate.Hangs, "lost", "not seen again within 3 s")]
    [DataRow(Fate.Waits, "late", "not finished (waiting for canary: not in the share of devices that takes this version (update.percent; --force ignores it)) after 3 s")]
    public async Task Device_that_does_not_end_on_the_new_version_is_reported(Fate fate, string state, string reason)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add();
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler", fate);
        Ran ran = await Tool.RunAsync(broker, "update", "push", "boiler", manifest, "--timeout", "3", "--json");
        Assert.AreEqual(1, ran.ExitCode, ran.Error);
        var end = ran.JsonLines.Single(line => line.TryGetProperty("end", out var isEnd) && isEnd.GetBoolean());
        Assert.AreEqual(state, end.GetProperty("state").GetString(), ran.Out);
        StringAssert.Contains(end.GetProperty("reason").GetString(), reason);
        var summary = ran.JsonLines[^1];
        Assert.AreEqual($"summary 1 0 {{\"{state}\":1}}", $"{summary.GetProperty("type")} {summary.GetProperty("devices")} {summary.GetProperty("good")} {summary.GetProperty("states").GetRawText()}");
    }

    [TestMethod]
    public async Task Rollout_stops_by_itself_and_cancels_and_withdraws()
    {
        await using ITestBroker broker = await Brokers.StartAsync(Brokers.Mosquitto);
        using var releases = new Releases();
        string manifest = releases.Add();
        await using Tool server = Tool.Start(broker, "update", "serve", releases.Folder, "--announce");
        await server.WaitForAsync("is announced");
        await server.InterruptAsync();
        await server.EndAsync();

        // Ten at once: the first wave is one.
        var devices = new List<FakeUpdatingDevice>
        {
            await FakeUpdatingDevice.StartAsync(broker, "a-good"),
            await FakeUpdatingDevice.StartAsync(broker, "b-bad", Fate.Returns),
            await FakeUpdatingDevice.StartAsync(broker, "c-waiting", Fate.Waits),
            await FakeUpdatingDevice.StartAsync(broker, "d-silent", Fate.IsSilent),
        };
        for (int i = 0; i < 10; i++)
        {
            devices.Add(await FakeUpdatingDevice.StartAsync(broker, $"e-{i}", Fate.Waits));
        }

        Ran ran = await Tool.RunAsync(broker, ["update", "push", .. devices.Select(device => device.Id), manifest, "--batch", "10", "--timeout", "8", "--json"]);
        Assert.AreEqual(1, ran.ExitCode, ran.Error);
        string states = ran.JsonLines[^1].GetProperty("states").GetRawText();
        Assert.AreEqual("""{"cancelled":8,"confirmed":1,"rolled-back":1,"silent":1,"skipped":3}""", states, ran.Out);
        Assert.AreEqual("1 of 2 that have finished failed, more than 10 %", ran.JsonLines[^1].GetProperty("stopped").GetString());
        Assert.AreEqual(3, devices.Count(device => device.Offers.IsEmpty));
        StringAssert.Contains(ran.Error, "esp32-devkitc 0.2.0 is not offered to all of esp32-devkitc any more");
        StringAssert.Contains((await Tool.RunAsync(broker, "update", "withdraw", "esp32-devkitc")).Error, "is cleared");
        foreach (FakeUpdatingDevice device in devices)
        {
            await device.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task Failures_within_the_given_share_do_not_stop_it()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        releases.Add();
        await using FakeUpdatingDevice bad = await FakeUpdatingDevice.StartAsync(broker, "a-bad", Fate.Returns);
        await using FakeUpdatingDevice one = await FakeUpdatingDevice.StartAsync(broker, "b-good");
        await using FakeUpdatingDevice other = await FakeUpdatingDevice.StartAsync(broker, "c-good");
        Ran ran = await Tool.RunAsync(broker, "update", "push", "--group", "all", releases.Folder, "--batch", "1", "--max-failures", "100", "--json");
        Assert.AreEqual(1, ran.ExitCode, ran.Error);
        Assert.AreEqual("""{"confirmed":2,"rolled-back":1}""", ran.JsonLines[^1].GetProperty("states").GetRawText(), ran.Out);
        Assert.IsFalse(ran.JsonLines[^1].TryGetProperty("stopped", out _));
    }

    [TestMethod]
    public async Task Each_device_gets_the_newest_release_for_its_board()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        releases.Add("0.9.0", "board-a");
        releases.Add("0.10.0", "board-a");
        releases.Add("0.2.0", "board-b");
        await using FakeUpdatingDevice one = await FakeUpdatingDevice.StartAsync(broker, "one", board: "board-a");
        await using FakeUpdatingDevice other = await FakeUpdatingDevice.StartAsync(broker, "other", board: "board-b");
        await using FakeUpdatingDevice third = await FakeUpdatingDevice.StartAsync(broker, "third", board: "board-c");
        Ran ran = await Tool.RunAsync(broker, "update", "push", "one", "other", "third", releases.Folder);
        Assert.AreEqual(1, ran.ExitCode, ran.Error);
        Assert.AreEqual(("0.10.0", "0.2.0"), (one.Image, other.Image));
        StringAssert.Contains(ran.Out, "there is no release for its board board-c");
    }

    [TestMethod]
    public async Task Devices_of_other_boards_are_skipped_and_do_not_stop_it()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add();
        await using FakeUpdatingDevice one = await FakeUpdatingDevice.StartAsync(broker, "a-other", board: "board-a");
        await using FakeUpdatingDevice other = await FakeUpdatingDevice.StartAsync(broker, "b-other", board: "board-b");
        await using FakeUpdatingDevice meant = await FakeUpdatingDevice.StartAsync(broker, "c-meant");
        Ran ran = await Tool.RunAsync(broker, "update", "push", "--group", "all", manifest, "--batch", "1", "--json");
        Assert.AreEqual("""{"confirmed":1,"skipped":2}""", ran.JsonLines[^1].GetProperty("states").GetRawText(), ran.Out);
        Assert.IsFalse(ran.JsonLines[^1].TryGetProperty("stopped", out _));
        Assert.AreEqual("0.2.0", meant.Image);
    }

    [TestMethod]
    public async Task Another_process_serves_when_push_does_not_serve()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add();
        await using Tool server = Tool.Start(broker, "update", "serve", releases.Folder);
        await server.WaitForAsync("ready");
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        Ran ran = await Tool.RunAsync(broker, "update", "push", "boiler", manifest, "--no-serve", "--json");
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.IsFalse(ran.Out.Contains("\"type\":\"block\"", StringComparison.Ordinal), ran.Out);
        StringAssert.Contains(server.Out, "boiler gets 0.2.0");
    }

    [TestMethod]
    public async Task Unusable_release_is_reported_before_anything_is_sent()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add(isSigned: false);
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        Ran unsigned = await Tool.RunAsync(broker, "update", "push", "boiler", manifest);
        StringAssert.Contains(unsigned.Error, "is not signed: m2m update sign");
        releases.Add();
        Ran unknown = await Tool.RunAsync(broker, "update", "push", "boiler", "boilr", manifest);
        StringAssert.Contains(unknown.Error, "no device 'boilr' has published a status under 'm2m'. Did you mean 'boiler'?");
        Releases.Damage(releases.At("esp32-devkitc-0.2.0.sig"));
        Ran foreign = await Tool.RunAsync(broker, "update", "push", "boiler", manifest, "--key", releases.PublicKey);
        StringAssert.Contains(foreign.Error, "is not a signature of this key");
        Ran none = await Tool.RunAsync(broker, "update", "push", manifest);
        Ran nobody = await Tool.RunAsync(broker, "update", "push", "bo/iler", manifest);
        Assert.AreEqual((1, 1, 1, 2, 2), (unsigned.ExitCode, unknown.ExitCode, foreign.ExitCode, none.ExitCode, nobody.ExitCode));
        Assert.IsTrue(device.Offers.IsEmpty);
    }

    [TestMethod]
    public async Task Screen_ends_with_a_table_of_how_each_device_ended()
    {
        TerminalSession.Require();

        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add();
        await using FakeUpdatingDevice one = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        await using FakeUpdatingDevice other = await FakeUpdatingDevice.StartAsync(broker, "cellar", Fate.Returns);
        await using TerminalSession session = TerminalSession.Start(broker, $"update push boiler cellar '{manifest}' --batch 20 --max-failures 100");
        await session.EndAsync();
        Assert.IsFalse(session.Screen.IsAlternate);
        StringAssert.Matches(session.Screen.Text, new(@"boiler +0\.2\.0 +confirmed +5/5 +1 success"));
        StringAssert.Matches(session.Screen.Text, new(@"cellar +0\.2\.0 +rolled-back +5/5 +8 failed +not online in time"));
        StringAssert.Contains(session.Screen.Text, "1 of 2 run the new version");
        StringAssert.Contains(session.Screen.Text, "exit=1");
    }

    [TestMethod]
    public async Task Interrupted_push_tells_how_far_the_devices_were()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add();
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler", Fate.Waits);
        await using Tool push = Tool.Start(broker, "update", "push", "boiler", manifest);
        await push.WaitForAsync("boiler 0.2.0 waiting for canary not in the share of devices that takes this version (update.percent");
        await push.InterruptAsync();
        Ran ran = await push.EndAsync();
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "interrupted: devices that have begun continue");
        StringAssert.Matches(ran.Out, new(@"boiler +0\.2\.0 +waiting for canary"));
    }

    [TestMethod]
    public async Task Closed_pipe_ends_with_one_while_devices_have_not_ended()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add();
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler", Fate.Waits);
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{{ dotnet '{Tool.Dll}' update push boiler '{manifest}' --json; echo exit=$? >&2; }} | head -n 1"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["M2M_BROKER"] = broker.Url;
        using Process pipe = Process.Start(start)!;
        Task<string> saying = pipe.StandardError.ReadToEndAsync();

        // It is noticed at the next write.
        for (int i = 0; i < 600 && !saying.IsCompleted; i++)
        {
            await device.SayWaitingAsync();
            await Task.WhenAny(saying, Task.Delay(100));
        }

        StringAssert.Contains(await saying.WaitAsync(Tool.Patience), "0 of 1 run the new version\nexit=1");
    }

    [TestMethod]
    public async Task Device_that_joins_meanwhile_is_waited_for()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add();
        await using FakeUpdatingDevice first = await FakeUpdatingDevice.StartAsync(broker, "a-first");
        await using Tool push = Tool.Start(broker, "update", "push", "--group", "all", manifest, "--json");
        await first.WaitForRequestAsync("update.status");
        await using FakeUpdatingDevice second = await FakeUpdatingDevice.StartAsync(broker, "b-second");

        // It came after the first round of questions, the third after the second round.
        await second.WaitForRequestAsync("update.status");
        await using FakeUpdatingDevice third = await FakeUpdatingDevice.StartAsync(broker, "c-third");
        Ran ran = await push.EndAsync();
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual(("0.2.0", "0.2.0", "0.2.0"), (first.Image, second.Image, third.Image), ran.Error);
    }

    [TestMethod]
    public async Task Named_device_may_publish_its_status_a_moment_later()
    {
        await using var broker = new MqttnetBroker();
        await broker.StartAsync();
        using var releases = new Releases();
        await using Tool push = Tool.Start(broker, "update", "push", "boiler", releases.Add());
        await Wait.ForAsync(() => broker.HasSubscriber("m2m/boiler/status"), () => push.Error);

        // Longer than what the broker retains takes to arrive.
        await Task.Delay(TimeSpan.FromSeconds(1));
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        Ran ran = await push.EndAsync();
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
    }

    [TestMethod]
    public async Task Devices_that_did_not_respond_or_were_not_asked_are_listed()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add();
        await using FakeUpdatingDevice good = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        await using FakeUpdatingDevice silent = await FakeUpdatingDevice.StartAsync(broker, "cellar", Fate.IsSilent);
        await using FakeDevice asleep = await FakeDevice.StartAsync(broker, "shed", status: """{"state":"sleeping","id":"shed","until":4000000000}""");
        await asleep.LeaveAsync();
        Ran ran = await Tool.RunAsync(broker, "update", "push", "--group", "all", manifest, "--timeout", "2", "--json");
        Assert.AreEqual(1, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Error, "m2m: no response from: cellar\nm2m: not asked, because they were not online: shed (sleeping)\n");
        Assert.AreEqual("""["cellar"] ["shed (sleeping)"]""", $"{ran.JsonLines[^1].GetProperty("silent")} {ran.JsonLines[^1].GetProperty("notAsked")}");
    }

    [TestMethod]
    [DataRow(Fate.IsReverted, "rolled-back")]
    [DataRow(Fate.IsCancelled, "cancelled")]
    public async Task What_an_operator_orders_meanwhile_is_no_failure(Fate fate, string state)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        string manifest = releases.Add();
        await using FakeUpdatingDevice ordered = await FakeUpdatingDevice.StartAsync(broker, "a-ordered", fate);
        await using FakeUpdatingDevice good = await FakeUpdatingDevice.StartAsync(broker, "b-good");
        Ran ran = await Tool.RunAsync(broker, "update", "push", "a-ordered", "b-good", manifest, "--batch", "10", "--json");
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual(1, ran.JsonLines[^1].GetProperty("states").GetProperty(state).GetInt32(), ran.Out);
        StringAssert.Contains(ran.Error, "1 of 2 run the new version, 1 reverted or cancelled by request");
        Assert.AreEqual("0.2.0", good.Image);
    }

    [TestMethod]
    public async Task Status_of_devices_and_groups_is_shown()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        await using FakeUpdatingDevice silent = await FakeUpdatingDevice.StartAsync(broker, "cellar", Fate.IsSilent);
        await using FakeDevice old = await FakeDevice.StartAsync(broker, "old");
        Ran one = await Tool.RunAsync(broker, "update", "status", "boiler");
        Assert.AreEqual(0, one.ExitCode, one.Error);
        StringAssert.Matches(one.Out, new(@"boiler +idle +0\.1\.0 \(built in\) +- +- +0 none yet +-"));
        Ran all = await Tool.RunAsync(broker, "update", "status", "--group", "all", "--timeout", "2", "--json");
        Assert.AreEqual("""[{"device":"boiler","result":{"state":"idle","builtIn":"0.1.0","result":0}},{"device":"old","error":{"code":-32601,"message":"Method not found"}}]""" + "\n", all.Out);
        Ran two = await Tool.RunAsync(broker, "update", "status", "boiler", "cellar", "--timeout", "1");
        StringAssert.Contains(two.Out, "no answer");
        Assert.AreEqual((1, 1, 2), (all.ExitCode, two.ExitCode, (await Tool.RunAsync(broker, "update", "status")).ExitCode));
    }
}
