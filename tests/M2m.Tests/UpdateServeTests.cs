using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using M2m.Client.Devices;
using M2m.Client.Files;
using M2m.Client.Mqtt;
using M2m.Tests.Harness;
using M2m.Updates;

namespace M2m.Tests;

[TestClass]
public class UpdateServeTests
{
    private const int Blocks = 5;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Many_devices_get_each_block_once(bool isMosquitto)
    {
        const int Devices = 30;
        await using ITestBroker broker = await StartAsync(isMosquitto);
        using var releases = new Releases();
        Manifest manifest = ManifestReader.Read(await File.ReadAllBytesAsync(releases.Add()));
        await using Tool server = Tool.Start(broker, "update", "serve", releases.Folder, "--json");
        await server.WaitForAsync("ready");
        var devices = new List<FakeUpdatingDevice>();
        for (int i = 0; i < Devices; i++)
        {
            devices.Add(await FakeUpdatingDevice.StartAsync(broker, $"esp32-{i}"));
        }

        devices.ForEach(device => device.Begin(manifest));
        await Task.WhenAll(devices.Select(device => device.Updating)).WaitAsync(Tool.Patience);
        Assert.IsTrue(devices.All(device => device.Image == "0.2.0" && device.BytesReceived == manifest.Size), string.Join(' ', devices.Select(device => device.BytesReceived)));
        await Wait.ForAsync(() => Count(server, "\"state\":\"confirmed\"") == Devices, () => server.Out);
        Assert.AreEqual(Devices * Blocks, Count(server, "\"type\":\"block\""));
        await server.InterruptAsync();
        Ran ran = await server.EndAsync();
        Assert.AreEqual((0, string.Empty), (ran.ExitCode, ran.Error));
        Assert.AreEqual("serving esp32-devkitc 0.2.0", $"{ran.JsonLines[0].GetProperty("type")} {ran.JsonLines[0].GetProperty("board")} {ran.JsonLines[0].GetProperty("version")}");
        await DisposeAsync(devices);
    }

    [TestMethod]
    public async Task Two_servers_share_the_requests()
    {
        await using ITestBroker broker = await StartAsync(isMosquitto: true);
        using var releases = new Releases();
        Manifest manifest = ManifestReader.Read(await File.ReadAllBytesAsync(releases.Add()));
        await using Tool one = Tool.Start(broker, "update", "serve", releases.Folder, "--json");
        await using Tool other = Tool.Start(broker, "update", "serve", releases.Folder, "--json");
        await one.WaitForAsync("ready: requests are shared");
        await other.WaitForAsync("ready: requests are shared");
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        device.Begin(manifest);
        await device.Updating.WaitAsync(Tool.Patience);
        Assert.AreEqual(manifest.Size, device.BytesReceived);
        await Wait.ForAsync(() => Count(one, "\"type\":\"block\"") + Count(other, "\"type\":\"block\"") == Blocks, () => one.Out + other.Out);
        Assert.IsTrue(Count(one, "\"type\":\"block\"") > 0 && Count(other, "\"type\":\"block\"") > 0);
    }

    [TestMethod]
    public async Task Hostile_requests_are_left_unanswered_and_the_server_lives_on()
    {
        await using ITestBroker broker = await StartAsync(isMosquitto: false);
        using var releases = new Releases();
        Manifest manifest = ManifestReader.Read(await File.ReadAllBytesAsync(releases.Add()));
        await using Tool server = Tool.Start(broker, "update", "serve", releases.Folder);
        await server.WaitForAsync("ready");
        await using FakeUpdatingDevice hostile = await FakeUpdatingDevice.StartAsync(broker, "hostile");
        string[] payloads =
        [
            string.Empty, "[]", "{\"version\":\"0.2.0\",\"block\":-1}", "{\"version\":\"0.2.0\",\"block\":5}", "{\"version\":\"0.2.0\",\"block\":2147483648}",
            "{\"version\":\"../esp32-devkitc-0.2.0\",\"block\":0}", "{\"version\":\"9.9.9\",\"block\":0}", $"{{\"version\":\"0.2.0\",\"block\":0,\"x\":\"{new string('x', 60_000)}\"}}",
            "{\"version\":\"0.2.0\",\"block\":0,\"board\":\"other\"}",
        ];
        foreach (string payload in payloads)
        {
            await hostile.GetAsync(payload);
        }

        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        device.Begin(manifest);
        await device.Updating.WaitAsync(Tool.Patience);
        Assert.AreEqual(0, hostile.BytesReceived);
        await server.InterruptAsync();
        Ran ran = await server.EndAsync();
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Error, "hostile requests an invalid block");
        StringAssert.Contains(ran.Error, "hostile requests block 5 of esp32-devkitc 0.2.0, which has 5");
        StringAssert.Contains(ran.Error, "hostile requests 9.9.9, which is not served here");
    }

    [TestMethod]
    public async Task Device_that_asks_without_end_does_not_starve_others()
    {
        using var releases = new Releases();
        releases.Add();
        var folder = new ReleaseFolder(releases.Folder, null);
        folder.Refresh();
        var notices = new ConcurrentQueue<string>();
        var sent = new ConcurrentQueue<string>();
        await using var server = new BlockServer(folder, new Topics("m2m"), (topic, _, _) => Send(sent, topic), (_, _) => Task.FromResult<string?>(null), time: new StoppedClock())
        {
            Noticed = notices.Enqueue,
        };
        byte[] request = Encoding.UTF8.GetBytes("{\"version\":\"0.2.0\",\"block\":4}");
        for (int i = 0; i < 3 * BlockServer.DefaultRate; i++)
        {
            server.Take(new Message("m2m/greedy/update/get", request, false));
        }

        server.Take(new Message("m2m/boiler/update/get", request, false));
        await Wait.ForAsync(() => sent.Any(topic => topic.Contains("boiler", StringComparison.Ordinal)), () => $"{sent.Count}");
        Assert.AreEqual(BlockServer.DefaultRate + 1, sent.Count);
        StringAssert.Contains(notices.Single(), "greedy requests too many blocks a second");
    }

    [TestMethod]
    public async Task Bad_block_is_sent_again_when_the_own_copy_is_right()
    {
        await using ITestBroker broker = await StartAsync(isMosquitto: false);
        using var releases = new Releases();
        Manifest manifest = ManifestReader.Read(await File.ReadAllBytesAsync(releases.Add()));
        await using Tool server = Tool.Start(broker, "update", "serve", releases.Folder);
        await server.WaitForAsync("ready");
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler", spoiledBlock: 2);
        device.Begin(manifest);
        await device.Updating.WaitAsync(Tool.Patience);
        Assert.AreEqual("0.2.0", device.Image);
        await server.WaitForAsync("boiler gets 0.2.0, block 2 of 5 again: it was bad 1 times");
    }

    [TestMethod]
    public async Task Version_whose_own_copy_turned_bad_is_not_served_until_it_is_replaced()
    {
        await using ITestBroker broker = await StartAsync(isMosquitto: false);
        using var releases = new Releases();
        string bundle = Path.ChangeExtension(releases.Add(), "bundle");
        byte[] whole = await File.ReadAllBytesAsync(bundle);
        DateTime time = File.GetLastWriteTimeUtc(bundle);
        await using Tool server = Tool.Start(broker, "update", "serve", releases.Folder, "--json");
        await server.WaitForAsync("ready");

        // Rot: neither length nor time tells of it.
        Releases.Damage(bundle);
        File.SetLastWriteTimeUtc(bundle, time);
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        await device.GetAsync("{\"version\":\"0.2.0\",\"block\":4,\"bad\":1}");
        await server.WaitForAsync("is bad: ");
        await device.GetAsync("{\"version\":\"0.2.0\",\"block\":0}");
        await server.WaitForAsync("which is not served here");
        Assert.AreEqual(0, device.BytesReceived);
        SmallFile.Replace(bundle, whole);
        await Wait.ForAsync(() => Count(server, "\"type\":\"serving\"") == 2, () => server.Out);
        await device.GetAsync("{\"version\":\"0.2.0\",\"block\":0}");
        await Wait.ForAsync(() => device.BytesReceived == 4096, () => server.Out);
    }

    [TestMethod]
    public async Task Devices_of_several_boards_get_their_own_release_of_one_version()
    {
        await using ITestBroker broker = await StartAsync(isMosquitto: false);
        using var releases = new Releases();
        Manifest one = ManifestReader.Read(await File.ReadAllBytesAsync(releases.Add(board: "board-a", seed: 1)));
        Manifest other = ManifestReader.Read(await File.ReadAllBytesAsync(releases.Add(board: "board-b", seed: 2)));
        await using Tool server = Tool.Start(broker, "update", "serve", releases.Folder);
        await server.WaitForAsync("ready");
        await using FakeUpdatingDevice first = await FakeUpdatingDevice.StartAsync(broker, "first", board: "board-a");
        await using FakeUpdatingDevice second = await FakeUpdatingDevice.StartAsync(broker, "second", board: "board-b");
        await using FakeUpdatingDevice third = await FakeUpdatingDevice.StartAsync(broker, "third", board: "board-c");
        first.Begin(one);
        second.Begin(other);
        await Task.WhenAll(first.Updating, second.Updating).WaitAsync(Tool.Patience);
        Assert.AreEqual((one.Size, other.Size), (first.BytesReceived, second.BytesReceived));
        await third.GetAsync("{\"version\":\"0.2.0\",\"block\":0}");
        await Wait.ForAsync(() => server.Error.Contains("third requests 0.2.0, which is served for board-a and board-b, but its board is board-c", StringComparison.Ordinal), () => server.Error);
        Assert.AreEqual(0, third.BytesReceived);
    }

    [TestMethod]
    public async Task Server_lives_through_a_restart_of_the_broker()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        using var releases = new Releases();
        Manifest manifest = ManifestReader.Read(await File.ReadAllBytesAsync(releases.Add()));
        await using Tool server = Tool.Start(broker, "update", "serve", releases.Folder);
        await server.WaitForAsync("ready");
        await broker.KillAsync();
        await Wait.ForAsync(() => server.Error.Contains("connection to the broker is lost", StringComparison.Ordinal), () => server.Error);
        await broker.StartAsync();
        await Wait.ForAsync(() => server.Error.Contains("the broker is back", StringComparison.Ordinal), () => server.Error);
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        device.Begin(manifest);
        await device.Updating.WaitAsync(Tool.Patience);
        Assert.AreEqual("0.2.0", device.Image);
    }

    [TestMethod]
    public async Task Screen_shows_how_far_the_devices_are()
    {
        TerminalSession.Require();

        await using ITestBroker broker = await StartAsync(isMosquitto: false);
        using var releases = new Releases();
        Manifest manifest = ManifestReader.Read(await File.ReadAllBytesAsync(releases.Add()));
        await File.WriteAllTextAsync(releases.At("broken.json"), "{}");
        await using TerminalSession session = TerminalSession.Start(broker, $"update serve '{releases.Folder}'");
        await session.WaitForAsync("no device has requested a block yet");
        await using FakeUpdatingDevice good = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        await using FakeUpdatingDevice bad = await FakeUpdatingDevice.StartAsync(broker, "cellar", Fate.Returns);
        good.Begin(manifest);
        bad.Begin(manifest);
        await session.WaitForAsync("1 confirmed, 1 rolled-back");
        string screen = session.Screen.Text;
        StringAssert.Contains(screen, "serving esp32-devkitc 0.2.0");
        StringAssert.Contains(screen, "NOT SERVED");
        StringAssert.Matches(screen, new(@"boiler +0\.2\.0 +█{10} 5/5 +confirmed"));
        StringAssert.Matches(screen, new(@"cellar +0\.2\.0 +█{10} 5/5 +rolled-back +(now|\d+s) +8 failed, not online in time"));
        await session.PressCtrlCAsync();
        await session.EndAsync();
        StringAssert.Contains(session.Screen.Text, "exit=0");
    }

    [TestMethod]
    public async Task Reader_of_a_pipe_that_has_seen_enough_ends_the_server()
    {
        await using ITestBroker broker = await StartAsync(isMosquitto: false);
        using var releases = new Releases();
        releases.Add();
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{{ dotnet '{Tool.Dll}' update serve '{releases.Folder}' --json; echo exit=$? >&2; }} | head -n 1"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["M2M_BROKER"] = broker.Url;
        using Process pipe = Process.Start(start)!;
        Task<string> saying = pipe.StandardError.ReadToEndAsync();

        // It is noticed at the next write.
        await using FakeUpdatingDevice device = await FakeUpdatingDevice.StartAsync(broker, "boiler");
        for (int i = 0; i < 600 && !saying.IsCompleted; i++)
        {
            await device.GetAsync("{\"version\":\"0.2.0\",\"block\":0}");
            await Task.WhenAny(saying, Task.Delay(100));
        }

        string error = await saying.WaitAsync(Tool.Patience);
        StringAssert.Contains(await pipe.StandardOutput.ReadToEndAsync(), "\"type\":\"serving\"");
        Assert.AreEqual("exit=0\n", error);
    }

    private static Task<ITestBroker> StartAsync(bool isMosquitto) => Brokers.StartAsync(isMosquitto ? Brokers.Mosquitto : Brokers.Mqttnet);

    private static async Task DisposeAsync(List<FakeUpdatingDevice> devices)
    {
        foreach (FakeUpdatingDevice device in devices)
        {
            await device.DisposeAsync();
        }
    }

    private static Task Send(ConcurrentQueue<string> sent, string topic)
    {
        sent.Enqueue(topic);
        return Task.CompletedTask;
    }

    private static int Count(Tool tool, string text) => tool.Out.Split(text).Length - 1;

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
