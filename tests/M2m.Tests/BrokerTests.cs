using System.Globalization;
using System.Net;
using System.Net.Sockets;
using M2m.Tests.Harness;
using MQTTnet.Protocol;

namespace M2m.Tests;

[TestClass]
public class BrokerTests
{
    [TestMethod]
    public async Task Missing_broker_is_reported_with_what_to_check()
    {
        Ran ran = await Tool.RunAsync(null, "devices", "--broker", string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{FreePort.Next()}"));
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "the connection was refused. Check that it runs, and the port");
        StringAssert.Contains(ran.Error, "M2M_BROKER");
    }

    [TestMethod]
    [DataRow("mqtt")]
    [DataRow("mqtts")]
    public async Task Silent_listener_is_given_up_after_the_timeout(string scheme)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Ran ran = await Tool.RunAsync(null, "devices", "--timeout", "1", "--broker", $"{scheme}://{listener.LocalEndpoint}");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "does not respond within 1 s");
    }

    [TestMethod]
    public async Task Broker_that_wants_a_password_is_reported()
    {
        await using var broker = new MqttnetBroker { Password = "secret" };
        await broker.StartAsync();
        Ran without = await Tool.RunAsync(broker, "devices");
        Ran wrong = await Tool.RunAsync(null, "devices", "--broker", $"mqtt://me:wrong@127.0.0.1:{broker.Port}");
        Ran right = await Tool.RunAsync(null, "devices", "--json", "--broker", $"mqtt://me:secret@127.0.0.1:{broker.Port}");
        Assert.AreEqual((1, 1, 0), (without.ExitCode, wrong.ExitCode, right.ExitCode));
        StringAssert.Contains(without.Error, "requires a user and a password");
        StringAssert.Contains(wrong.Error, "rejects the user or the password");
        Assert.IsFalse(wrong.Error.Contains("wrong", StringComparison.Ordinal), wrong.Error);
        Assert.AreEqual("[]\n", right.Out);
    }

    [TestMethod]
    [DataRow(MqttConnectReasonCode.UnsupportedProtocolVersion)]
    [DataRow((MqttConnectReasonCode)1)]
    public async Task Broker_that_refuses_5_is_spoken_to_in_3_1_1(MqttConnectReasonCode refusal)
    {
        await using var broker = new MqttnetBroker { RefusalOf5 = refusal };
        await broker.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        Ran both = await Tool.RunAsync(broker, "request", "boiler", "ping");
        Ran older = await Tool.RunAsync(broker, "request", "boiler", "ping", "--mqtt", "3.1.1");
        Ran newer = await Tool.RunAsync(broker, "request", "boiler", "ping", "--mqtt", "5");
        Assert.AreEqual((0, 0, 1), (both.ExitCode, older.ExitCode, newer.ExitCode), both.Error + older.Error);
        StringAssert.Contains(newer.Error, FormattableString.Invariant($"does not speak MQTT 5: protocol version refused (reason {(int)refusal})"));
    }

    [TestMethod]
    [DataRow("3.1.1", "not authorized (reason 5)")]
    [DataRow("5", "not authorized (reason 135)")]
    public async Task Refusal_is_reported_in_words_with_its_number(string version, string reason)
    {
        await using var broker = new MqttnetBroker { Refusal = MqttConnectReasonCode.NotAuthorized };
        await broker.StartAsync();
        Ran ran = await Tool.RunAsync(null, "devices", "--mqtt", version, "--broker", $"mqtt://me:secret@127.0.0.1:{broker.Port}");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "rejects the user or the password: " + reason);
    }

    [TestMethod]
    public async Task Devices_are_listed_for_people_and_programs()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using FakeDevice other = await FakeDevice.StartAsync(broker, "cellar", status: """{"state":"lost","id":"cellar"}""");
        Ran people = await Tool.RunAsync(broker, "devices");
        string[] lines = people.Out.Split('\n');
        Assert.AreEqual("Device  State   Said", lines[0][..20]);
        StringAssert.StartsWith(lines[1], "boiler  online  at 2026-11-22");
        StringAssert.EndsWith(lines[1], "0.1.0    3     -61 dBm");
        Assert.IsFalse(people.Out.Contains('\e', StringComparison.Ordinal));
        Ran programs = await Tool.RunAsync(broker, "devices", "--json");
        Assert.AreEqual("boiler online -61", $"{programs.Json[0].GetProperty("device")} {programs.Json[0].GetProperty("state")} {programs.Json[0].GetProperty("status").GetProperty("health").GetProperty("signal")}");
        Assert.AreEqual("""{"device":"cellar","state":"lost","status":{"state":"lost","id":"cellar"}}""", programs.Json[1].GetRawText());
    }

    [TestMethod]
    public async Task Huge_and_malformed_statuses_are_left_alone()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await device.PublishToAsync("m2m/huge/status", $$"""{"state":"online","x":"{{new string('x', 100_000)}}"}""", true);
        await device.PublishToAsync("m2m/broken/status", "{\"state\":", true);
        await device.PublishToAsync("m2m/twice/status", """{"state":"online","state":"lost"}""", true);
        await device.PublishToAsync("m2m/evil\u0001/status", """{"state":"\u001b[2J"}""", true);
        Ran ran = await Tool.RunAsync(broker, "devices");
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Out, "boiler");
        Assert.IsFalse(ran.Out.Any(c => char.IsControl(c) && c != '\n'), ran.Out);
        Assert.IsFalse(ran.Out.Contains("broken", StringComparison.Ordinal) || ran.Out.Contains("huge", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task Devices_are_found_under_any_prefix_and_at_home_assistant()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler", "site/hall");
        await device.PublishToAsync("homeassistant/sensor/lamp/a/config", """{"name":"A","device":{"identifiers":["lamp"],"name":"Lamp","model":"L1"}}""", true);
        await device.PublishToAsync("homeassistant/sensor/lamp/b/config", """{"name":"B","dev":{"ids":"lamp","name":"Lamp","mdl":"L1"}}""", true);
        await device.PublishToAsync("homeassistant/device/plug/config", """{"dev":{"ids":["plug"],"name":"Plug"},"o":{"name":"x"},"cmps":{"a":{"p":"switch","unique_id":"a"},"b":{"p":"sensor","unique_id":"b"},"old":{"p":"sensor"}}}""", true);
        await device.PublishToAsync("zigbee/bridge/status", """{"state":"online"}""", true);
        await device.PublishToAsync("homeassistant/fan/vent/config", """{"name":"Vent","dev":{"ids":["fan"],"name":"Fan"}}""", true);
        Ran ran = await Tool.RunAsync(broker, "discover", "--json");
        Assert.AreEqual(
            """[{"by":"status","device":"boiler","prefix":"site/hall","state":"online","version":"0.1.0"},{"by":"homeassistant","device":"fan","name":"Fan","entities":1},{"by":"homeassistant","device":"lamp","name":"Lamp","model":"L1","entities":2},{"by":"homeassistant","device":"plug","name":"Plug","entities":2}]""" + "\n",
            ran.Out);
        Ran people = await Tool.RunAsync(broker, "discover");
        StringAssert.Contains(people.Error, "m2m watch --prefix site/hall");
        StringAssert.Contains(people.Out, "Lamp, L1, 2 entities");
        StringAssert.Contains(people.Out, "Fan, 1 entity");
    }
}
