using System.Text.Json.Nodes;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class SettingsTests
{
    private const string Id = "esp32-020000000001";

    private const string FirstPage = """
        {"settings":[{"name":"interval","type":"integer","unit":"s","min":1,"max":86400,"default":10,"effect":"now"},
        {"name":"mqtt.version","type":"choice","choices":["3.1.1","5"],"default":"3.1.1","effect":"trial"}],"next":"mqtt.version"}
        """;

    private const string SecondPage = """
        {"settings":[{"name":"groups","type":"list","max":8,"default":[],"effect":"reconnect"},
        {"name":"channels.*.high","type":"number","decimals":6,"effect":"now"},
        {"name":"channels.*.highClear","type":"number","decimals":6,"effect":"now"},
        {"name":"actuators.*.kind","type":"string","effect":"now"},
        {"name":"channels.*.low","type":"number","decimals":6,"effect":"now"},
        {"name":"wifi","type":"table","max":8,"members":[{"name":"ssid","type":"string"},{"name":"password","type":"string","secret":true}],"effect":"trial"}]}
        """;

    [TestMethod]
    public async Task Pages_of_settings_become_one()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "settings", Id, "get", "--json");
        Assert.AreEqual("""{"revision":12,"values":{"interval":10,"mqtt.version":"5"}}""" + "\n", ran.Out, ran.Error);
        Ran people = await Tool.RunAsync(broker, "settings", Id);
        Assert.AreEqual("Setting       Value\ninterval      10\nmqtt.version  5\n", people.Out);
    }

    [TestMethod]
    public async Task Busy_device_is_asked_again_when_it_says()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Func<JsonNode, string> get = device.Methods["settings.get"];
        int asked = 0;
        device.Methods["settings.get"] = parameters => ++asked == 2 ? throw new RefusedException("""{"code":-32000,"message":"Busy","data":{"retryAfter":1}}""") : get(parameters);
        Ran ran = await Tool.RunAsync(broker, "settings", Id, "get", "--json");
        Assert.AreEqual(2, ran.Json.GetProperty("values").EnumerateObject().Count());
        Assert.AreEqual(3, asked);
    }

    [TestMethod]
    public async Task Schema_is_shown_for_people_and_programs()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran programs = await Tool.RunAsync(broker, "settings", Id, "schema", "--json");
        Assert.AreEqual(8, programs.Json.GetProperty("settings").GetArrayLength());
        Ran people = await Tool.RunAsync(broker, "settings", Id, "schema", "interval", "channels.temperature.high", "wifi");
        string[] lines = people.Out.Split('\n');
        StringAssert.Matches(lines[1], new("^interval +integer +1 to 86400 +s +10 +now$"));
        StringAssert.Matches(lines[2], new("^channels\\.\\*\\.high +number"));
        StringAssert.Matches(lines[3], new("^wifi +table +at most 8 of ssid, password"));
    }

    [TestMethod]
    public async Task Values_get_the_type_that_the_schema_says()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(
            broker, "settings", Id, "set", "interval=30", "mqtt.version=5", "groups=hall,roof", "channels.temperature.high=30.5", "channels.humidity=null", "--revision", "12", "--json");
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual("""{"revision":13,"results":{"interval":"applied","mqtt.version":"trial"}}""" + "\n", ran.Out);
        Assert.AreEqual(
            """{"values":{"interval":30,"mqtt.version":"5","groups":["hall","roof"],"channels.temperature.high":30.5,"channels.humidity":null},"revision":12}""",
            device.Requests.Last()["params"]!.ToJsonString());
        Ran people = await Tool.RunAsync(broker, "settings", Id, "set", "interval=30");
        StringAssert.Contains(people.Out, "mqtt.version  trial");
        StringAssert.Contains(people.Error, "on trial: kept if the device is online again within 120 s");
    }

    [TestMethod]
    public async Task Unknown_setting_names_the_nearest_and_sets_nothing()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "settings", Id, "set", "intervall=30");
        Ran inChannel = await Tool.RunAsync(broker, "settings", Id, "set", "channels.temperature.hihg=30");
        Assert.AreEqual((2, 2), (ran.ExitCode, inChannel.ExitCode));
        StringAssert.Contains(ran.Error, "there is no setting 'intervall'. Did you mean 'interval'?");
        StringAssert.Contains(inChannel.Error, "Did you mean 'channels.temperature.high'?");
        Assert.IsFalse(device.Requests.Any(request => (string)request["method"]! == "settings.set"));
    }

    [TestMethod]
    [DataRow("set temperature.high=30", "Did you mean 'channels.temperature.high'?")]
    [DataRow("set temperature.hihg=30", "Did you mean 'channels.temperature.high'?")]
    [DataRow("set high=30", "Did you mean 'channels.*.high'?")]
    [DataRow("get intervall", "Did you mean 'interval'?")]
    [DataRow("get temperature.high", "Did you mean 'channels.temperature.high'?")]
    [DataRow("reset mqtt.verison", "Did you mean 'mqtt.version'?")]
    [DataRow("schema temperature.high", "Did you mean 'channels.temperature.high'?")]
    public async Task Setting_without_its_table_is_recognized(string command, string question)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        device.Methods["settings.get"] = _ => throw new RefusedException("""{"code":-32602,"message":"Invalid params","data":{"param":"keys","reason":"item 1 is not a setting"}}""");
        Ran ran = await Tool.RunAsync(broker, ["settings", Id, .. command.Split(' ')]);
        Assert.AreEqual(2, ran.ExitCode);
        StringAssert.Contains(ran.Error, question);
    }

    [TestMethod]
    public async Task Channel_that_the_device_does_not_have_is_a_warning()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        device.Methods["sensors.list"] = parameters => parameters["after"] is null
            ? """{"sensors":[{"name":"a","channels":[{"name":"temperature"},{"name":"humidity"}]}],"next":"a"}"""
            : """{"sensors":[{"name":"b","channels":[{"name":"pressure"}]}]}""";
        device.Methods["inputs.list"] = _ => """{"inputs":[{"name":"door"}]}""";
        Ran wrong = await Tool.RunAsync(broker, "settings", Id, "set", "channels.temprature.high=30", "channels.pressure.high=1", "channels.door.high=1");
        Assert.AreEqual(0, wrong.ExitCode, wrong.Error);
        StringAssert.Contains(wrong.Error, $"m2m: warning: {Id} has no channel 'temprature' now. Did you mean 'temperature'? It keeps the setting for a sensor that comes later");
        Assert.AreEqual(30, (int)device.Requests.Last()["params"]!["values"]!["channels.temprature.high"]!);
        Ran right = await Tool.RunAsync(broker, "settings", Id, "set", "channels.humidity.high=30", "channels.nosuch=null");
        Assert.IsFalse(right.Error.Contains("warning", StringComparison.Ordinal), right.Error);
    }

    [TestMethod]
    public async Task Channels_of_children_are_known_from_the_device_and_from_the_same_change()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartGatewayAsync(broker);
        Ran right = await Tool.RunAsync(
            broker,
            ["settings", Id, "set", "children.new.address=3", "children.new.registers=flow 0 u16 0.1, valve 1 u16 rw", "children.old=null", .. Heartbeats("meter_power", "twin_voltage", "new_flow", "gps_latitude", "temperature")]);
        Assert.IsFalse(right.Error.Contains("warning", StringComparison.Ordinal), right.Error);
        Ran wrong = await Tool.RunAsync(broker, ["settings", Id, "set", "children.old=null", .. Heartbeats("meter_powr", "old_level", "new_flow")]);
        StringAssert.Contains(wrong.Error, $"m2m: warning: {Id} has no channel 'meter_powr', 'old_level', 'new_flow' now. Did you mean 'meter_power'?");
        Assert.AreEqual(0, wrong.ExitCode);
    }

    [TestMethod]
    [DataRow("""[{"host":"a","tls":true},{"host":"b","user":"u","password":"p"}]""", "its password and all its messages")]
    [DataRow("""[{"host":"b"},{"host":"a","tls":true}]""", "all its messages")]
    [DataRow("""[{"host":"a","tls":true},{"host":"b","tls":true,"password":"p"}]""", null)]
    [DataRow("""[{"host":"a"},{"host":"b","password":"p"}]""", null)]
    public async Task Broker_without_tls_beside_others_with_it_is_a_warning(string brokers, string? secrets)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        device.Methods["settings.schema"] = _ => """{"settings":[{"name":"broker","type":"table","effect":"trial"}]}""";
        Ran ran = await Tool.RunAsync(broker, "settings", Id, "set", "broker=" + brokers);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual(secrets is not null, ran.Error.Contains($"the device sends {secrets} there IN THE CLEAR", StringComparison.Ordinal), ran.Error);
        Assert.AreEqual(secrets is not null, ran.Error.Contains("m2m: warning: broker: entry ", StringComparison.Ordinal), ran.Error);
    }

    [TestMethod]
    public async Task Refused_registers_are_explained()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartGatewayAsync(broker);
        device.Methods["settings.set"] = _ => throw new RefusedException("""{"code":-32602,"message":"Invalid params","data":{"results":{"children.meter.registers":"must be 1 to 16","interval":"not applied"}}}""");
        Ran ran = await Tool.RunAsync(broker, "settings", Id, "set", "children.meter.registers=power 2 s32, voltage 0 u61 V", "interval=5");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "  children.meter.registers: entry 2, \"voltage 0 u61 V\": the type 'u61' must be one of u16, ");
        StringAssert.Contains(ran.Error, "  interval: not applied");
    }

    [TestMethod]
    [DataRow("children.gps.registers=a 0 u16", "children.gps.registers is not used: children.gps.protocol is nmea, which has protocol, baud, parity, interval, distance, setsClock")]
    [DataRow("children.meter.distance=5", "children.meter.distance is not used: children.meter.protocol is modbus, which has protocol, baud, parity, interval, address, registers, like")]
    [DataRow("children.pump.protocol=lines children.pump.channels=a children.pump.address=2", "children.pump.address is not used: children.pump.protocol is lines, which has protocol, baud, parity, interval, channels")]
    [DataRow("children.twin.registers=a 0 u16", "children.twin.registers is not used: children.twin.like takes the registers of meter")]
    [DataRow("children.meter.baud=1200 children.gps.distance=5 children.gps.registers=null", null)]
    [DataRow("children.gps.protocol=modbus children.gps.address=2", null)]
    public async Task Setting_that_the_protocol_of_its_child_does_not_have_is_a_warning(string pairs, string? warning)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartGatewayAsync(broker);
        Ran ran = await Tool.RunAsync(broker, ["settings", Id, "set", .. System.Text.RegularExpressions.Regex.Split(pairs, " (?=children)")]);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        CollectionAssert.AreEqual(
            warning is null ? [] : new[] { "m2m: warning: " + warning },
            ran.Error.Split('\n').Where(line => line.Contains("warning", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task File_may_be_nested_or_have_keys_with_dots(bool isArgument)
    {
        const string Nested = """{"interval":30,"mqtt":{"version":"5"},"channels":{"temperature":{"high":30,"low":null}},"wifi":[{"ssid":"x"}],"groups":[]}""";
        const string Dotted = """{"interval":30,"mqtt.version":"5","channels.temperature.high":30,"channels":{"temperature.low":null},"wifi":[{"ssid":"x"}],"groups":[]}""";
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        string path = Path.GetTempFileName();
        foreach (string text in new[] { Nested, Dotted })
        {
            await File.WriteAllTextAsync(path, text);
            Ran ran = await Tool.RunAsync(broker, ["settings", Id, "set", .. isArgument ? new[] { path } : ["--file", path]]);
            Assert.AreEqual(0, ran.ExitCode, ran.Error);
            Assert.AreEqual(
                """{"interval":30,"mqtt.version":"5","channels.temperature.high":30,"channels.temperature.low":null,"wifi":[{"ssid":"x"}],"groups":[]}""",
                device.Requests.Last()["params"]!["values"]!.ToJsonString());
        }

        await File.WriteAllTextAsync(path, """{"mqtt":{"verison":"5"}}""");
        Ran wrong = await Tool.RunAsync(broker, "settings", Id, "set", path);
        Assert.AreEqual(2, wrong.ExitCode);
        StringAssert.Contains(wrong.Error, "there is no setting 'mqtt.verison'. Did you mean 'mqtt.version'?");
        await File.WriteAllTextAsync(path, """{"interval":1,"mqtt":{"version":"5"},"mqtt.version":"5"}""");
        StringAssert.Contains((await Tool.RunAsync(broker, "settings", Id, "set", path)).Error, "'mqtt.version' is in the file twice");
        StringAssert.Contains((await Tool.RunAsync(broker, "settings", Id, "set", path, "interval=1")).Error, "is in the file");
        File.Delete(path);
    }

    [TestMethod]
    public async Task Refusal_says_what_is_wrong_with_each_key()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        device.Methods["settings.set"] = _ => throw new RefusedException(
            """{"code":-32602,"message":"Invalid params","data":{"param":"interval","reason":"must be 1 to 86400","results":{"interval":"must be 1 to 86400","groups":"ok"}}}""");
        Ran ran = await Tool.RunAsync(broker, "settings", Id, "set", "interval=0", "groups=a", "--json");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "has changed nothing:\n  interval: must be 1 to 86400\n  groups: ok");
        Assert.AreEqual(-32602, ran.Json.GetProperty("error").GetProperty("code").GetInt32());
    }

    [TestMethod]
    public async Task What_get_gave_can_be_set_from_standard_input()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, """{"wifi":[{"ssid":"x","passwordSet":true}]}""", ["settings", Id, "set", "--file", "-", "--json"]);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual("""{"values":{"wifi":[{"ssid":"x","passwordSet":true}]}}""", device.Requests.Last()["params"]!.ToJsonString());
    }

    [TestMethod]
    public async Task Reset_names_keys_or_all()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        await Tool.RunAsync(broker, "settings", Id, "reset", "mqtt", "interval");
        Assert.AreEqual("""{"keys":["mqtt","interval"]}""", device.Requests.Last()["params"]!.ToJsonString());
        await Tool.RunAsync(broker, "settings", Id, "reset", "--all", "--revision", "3");
        Assert.AreEqual("""{"keys":["*"],"revision":3}""", device.Requests.Last()["params"]!.ToJsonString());
    }

    [TestMethod]
    public async Task Device_that_pages_without_end_is_given_up()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        device.Methods["settings.get"] = _ => """{"revision":1,"values":{},"next":"a"}""";
        Ran ran = await Tool.RunAsync(broker, "settings", Id, "get");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "the same page of settings.get twice");
    }

    private static string[] Heartbeats(params string[] channels) => Array.ConvertAll(channels, channel => $"channels.{channel}.high=5");

    private static async Task<FakeDevice> StartGatewayAsync(ITestBroker broker)
    {
        FakeDevice device = await StartAsync(broker);
        string members = string.Join(',', "protocol baud parity interval address registers like channels distance setsClock".Split(' ')
            .Select(member => $$"""{"name":"children.*.{{member}}","type":"{{(member is "registers" or "channels" or "like" or "protocol" ? "string" : "integer")}}","effect":"restart"}"""));
        device.Methods["settings.schema"] = parameters => parameters["after"] is null ? FirstPage : SecondPage.Insert(SecondPage.IndexOf('[', StringComparison.Ordinal) + 1, members + ",");
        device.Methods["settings.get"] = parameters => (string?)parameters["keys"]?[0] == "children" && parameters["after"] is null
            ? """
            {"revision":12,"values":{"children.gps.protocol":"nmea","children.meter.address":1,"children.meter.registers":"voltage 0 u16 0.1 V, power 2 s32 W rw"},"next":"children.old.address"}
            """
            : """{"revision":12,"values":{"children.old.registers":"level 4 u16","children.twin.like":"meter"}}""";
        device.Methods["sensors.list"] = _ => """{"sensors":[{"name":"a","channels":[{"name":"temperature"}]}]}""";
        return device;
    }

    private static async Task<FakeDevice> StartAsync(ITestBroker broker)
    {
        FakeDevice device = await FakeDevice.StartAsync(broker);
        device.Methods["settings.get"] = parameters => parameters["after"] is null
            ? """{"revision":12,"values":{"interval":10},"next":"interval"}"""
            : """{"revision":12,"values":{"mqtt.version":"5"}}""";
        device.Methods["settings.schema"] = parameters => parameters["after"] is null ? FirstPage : SecondPage;
        device.Methods["settings.set"] = _ => """{"revision":13,"results":{"interval":"applied","mqtt.version":"trial"}}""";
        device.Methods["settings.reset"] = device.Methods["settings.set"];
        return device;
    }
}
