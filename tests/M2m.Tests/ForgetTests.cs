using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class ForgetTests
{
    private const string Gone = """{"state":"lost","id":"boiler"}""";

    [TestMethod]
    [DynamicData(nameof(Brokers.All), typeof(Brokers))]
    public async Task Everything_retained_of_a_device_is_cleared_and_nothing_else(string name)
    {
        await using ITestBroker broker = await Brokers.StartAsync(name);
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler", status: Gone);
        await using FakeDevice other = await FakeDevice.StartAsync(broker, "boiler2");
        await device.PublishAsync("log", "left by another program", retain: true);
        await device.PublishToAsync("homeassistant/sensor/boiler/temperature/config", Discovery("m2m/boiler"), true);
        await device.PublishToAsync("homeassistant/device/boiler/config", Discovery("m2m/boiler"), true);
        await device.PublishToAsync("homeassistant/button/boiler/restart/config", """{"~":"m2m/boiler","uniq_id":"boiler_restart","cmd_t":"~/request","dev":{"ids":"boiler"}}""", true);
        await device.PublishToAsync("my/ha/sensor/boiler/humidity/config", Discovery("m2m/boiler"), true);
        await device.PublishToAsync("homeassistant/sensor/boiler/elsewhere/config", Discovery("other/boiler"), true);
        await device.PublishToAsync("homeassistant/sensor/boiler/broken/config", "{", true);
        Ran ran = await Tool.RunAsync(broker, "forget", "boiler");
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual("""
            cleared homeassistant/button/boiler/restart/config
            cleared homeassistant/device/boiler/config
            cleared homeassistant/sensor/boiler/temperature/config
            cleared m2m/boiler/log
            cleared m2m/boiler/status
            cleared my/ha/sensor/boiler/humidity/config

            """, ran.Out);
        StringAssert.Contains(ran.Error, "6 retained messages of boiler cleared, 4 of them for Home Assistant");
        Ran left = await Tool.RunAsync(broker, "discover", "--json");
        CollectionAssert.AreEquivalent(new[] { "boiler2 by status", "boiler by homeassistant" }, left.Json.EnumerateArray().Select(one => $"{one.GetProperty("device")} by {one.GetProperty("by")}").ToArray(), left.Out);
        Ran again = await Tool.RunAsync(broker, "forget", "boiler");
        Assert.AreEqual(1, again.ExitCode);
        StringAssert.Contains(again.Error, "nothing to forget: no device 'boiler' has published a status under 'm2m'. Only 'boiler2' has.");
    }

    [TestMethod]
    public async Task Device_that_is_online_is_forgotten_only_with_yes()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        Ran refused = await Tool.RunAsync(broker, "forget", "boiler");
        Assert.AreEqual(1, refused.ExitCode);
        StringAssert.Contains(refused.Error, "nothing is cleared: boiler is online. --yes");
        Ran ran = await Tool.RunAsync(broker, "forget", "boiler", "--yes", "--json");
        Assert.AreEqual("""{"device":"boiler","cleared":["m2m/boiler/status"]}""" + "\n", ran.Out, ran.Error);
        Assert.AreEqual("[]\n", (await Tool.RunAsync(broker, "devices", "--json")).Out);
    }

    [TestMethod]
    [DataRow("n", 1)]
    [DataRow("y", 0)]
    public async Task Terminal_asks_before_it_forgets_a_device_that_is_online(string answer, int exitCode)
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using TerminalSession session = TerminalSession.Start(broker, "forget boiler");
        await session.WaitForAsync("Clear it? [y/N]");
        await session.TypeAsync(answer + "\r");
        await session.EndAsync();
        StringAssert.Contains(session.Screen.Text, $"exit={exitCode}");
        Assert.AreEqual(exitCode, (await Tool.RunAsync(broker, "devices", "--json")).Json.GetArrayLength());
    }

    [TestMethod]
    public async Task Broker_that_swallows_the_clearing_is_reported()
    {
        await using var broker = new MqttnetBroker { IsRefusingToClear = true };
        await broker.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler", status: Gone);
        Ran ran = await Tool.RunAsync(broker, "forget", "boiler");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "still retained: m2m/boiler/status. Either this user may not publish there, or the device has published it again");
    }

    private static string Discovery(string topics) => $$$"""{"~":"{{{topics}}}","uniq_id":"x","stat_t":"~/telemetry","dev":{"ids":"boiler"}}""";
}
