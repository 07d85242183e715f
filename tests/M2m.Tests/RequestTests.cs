using System.Text.Json;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class RequestTests
{
    private const string Id = "esp32-020000000001";

    [TestMethod]
    public async Task Request_is_answered_and_bears_what_the_protocol_wants()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        device.Methods["read"] = _ => """[{"bt":1795366425,"n":"temperature","u":"Cel","v":21.37}]""";
        Ran ran = await Tool.RunAsync(broker, "request", Id, "read", "channels=[\"temperature\"]", "maxAge=60", "note=hello", "--json");
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual("""{"device":"esp32-020000000001","result":[{"bt":1795366425,"n":"temperature","u":"Cel","v":21.37}]}""" + "\n", ran.Out);
        JsonElement request = JsonDocument.Parse(device.Requests.Single().ToJsonString()).RootElement;
        Assert.AreEqual("""{"channels":["temperature"],"maxAge":60,"note":"hello"}""", request.GetProperty("params").GetRawText());
        StringAssert.Matches(request.GetProperty("from").GetString(), new("^m2m-[0-9a-f]{8}$"));
        Assert.IsTrue(Math.Abs(request.GetProperty("deadline").GetInt64() - DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 10) < 30);
    }

    [TestMethod]
    public async Task Pack_is_a_table_for_people()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        device.Methods["read"] = _ => """[{"bt":1795366425,"n":"temperature","u":"Cel","v":21.37}]""";
        Ran ran = await Tool.RunAsync(broker, "request", Id, "read");
        string[] lines = ran.Out.Split('\n');
        StringAssert.StartsWith(lines[0], "Channel      Value  Unit  Time");
        StringAssert.StartsWith(lines[1], "temperature  21.37  Cel   2026-11-22");
    }

    [TestMethod]
    public async Task Unknown_method_names_the_nearest()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "request", Id, "pnig", "--json");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, "has no method 'pnig'. Did you mean 'ping'?");
        Assert.AreEqual(-32601, ran.Json.GetProperty("error").GetProperty("code").GetInt32());
    }

    [TestMethod]
    public async Task Wrong_param_names_those_that_there_are()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        device.Methods["read"] = _ => throw new RefusedException("""{"code":-32602,"message":"Invalid params","data":{"param":"maxage","reason":"not a param of this method"}}""");
        Ran ran = await Tool.RunAsync(broker, "request", Id, "read", "maxage=1");
        Assert.AreEqual(1, ran.ExitCode);
        Assert.AreEqual(string.Empty, ran.Out);
        StringAssert.Contains(ran.Error, "Invalid params (-32602): maxage not a param of this method. Did you mean 'maxAge'?\nread has these params:\n  maxAge: seconds");
    }

    [TestMethod]
    public async Task Silent_device_is_explained_by_its_status()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, status: $$"""{"state":"sleeping","id":"{{Id}}","until":4000000000,"time":1795366425}""");
        device.Methods["read"] = _ => string.Empty;
        Ran ran = await Tool.RunAsync(broker, "request", Id, "read", "--timeout", "0.5");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, $"no response from {Id} within 0.5 s. It is sleeping until ");
        StringAssert.Contains(ran.Error, "It was last seen at 2026-11-22");
    }

    [TestMethod]
    public async Task Request_that_reaches_nobody_fails_at_once()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, status: $$"""{"state":"lost","id":"{{Id}}"}""");
        await device.LeaveAsync();
        Ran ran = await Tool.RunAsync(broker, "request", Id, "read", "--timeout", "60");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, $"no subscriber received the request to {Id}. It is lost");
    }

    [TestMethod]
    public async Task Wrong_device_names_the_nearest()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        await using FakeDevice other = await FakeDevice.StartAsync(broker, "boiler");
        Ran ran = await Tool.RunAsync(broker, "request", "esp32-020000000010", "ping");
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, $"Did you mean '{Id}'? 2 devices have");
    }

    [TestMethod]
    public async Task Answer_that_another_device_gives_is_not_taken()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        device.Methods["read"] = _ =>
        {
            System.Text.Json.Nodes.JsonNode request = device.Requests.Last();
            string topic = $"m2m/other/response/{request["from"]}";
            device.PublishToAsync(topic, $$"""{"jsonrpc":"2.0","id":{{request["id"]!.ToJsonString()}},"result":"false"}""", false).GetAwaiter().GetResult();
            return "\"true\"";
        };
        Ran ran = await Tool.RunAsync(broker, "request", Id, "read", "--json");
        Assert.AreEqual("true", ran.Json.GetProperty("result").GetString());
    }

    [TestMethod]
    public async Task Group_is_asked_and_each_answer_is_a_line()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice one = await FakeDevice.StartAsync(broker, "one");
        await using FakeDevice two = await FakeDevice.StartAsync(broker, "two");
        Ran ran = await Tool.RunAsync(broker, "request", "--group", "all", "ping", "spread=1", "--json");
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        CollectionAssert.AreEquivalent(new[] { "one", "two" }, ran.JsonLines.Select(line => line.GetProperty("device").GetString()).ToArray());
        Assert.AreEqual("""{"spread":1}""", one.Requests.Single()["params"]!.ToJsonString());
        StringAssert.Contains(ran.Error, "2 responded");
    }

    [TestMethod]
    [DataRow("request", "ping", "m2m/esp32-020000000001/request")]
    [DataRow("request", "ping --query", "m2m/esp32-020000000001/query")]
    [DataRow("settings", "schema", "m2m/esp32-020000000001/query")]
    [DataRow("log", "", "m2m/esp32-020000000001/query")]
    [DataRow("history", "--csv", "m2m/esp32-020000000001/query")]
    [DataRow("update status", "", "m2m/esp32-020000000001/query")]
    public async Task Command_that_only_reads_uses_the_query_topic(string command, string rest, string topic)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        device.Methods["settings.schema"] = _ => """{"settings":[]}""";
        device.Methods["settings.get"] = _ => """{"revision":1,"values":{}}""";
        device.Methods["log.read"] = _ => """{"lines":[]}""";
        device.Methods["history.read"] = _ => """{"pack":[]}""";
        device.Methods["update.status"] = _ => """{"state":"idle","version":"0.1.0","result":0}""";
        Ran ran = await Tool.RunAsync(broker, [.. command.Split(' '), Id, .. rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.AreEqual(topic, string.Join(' ', device.Doors.Distinct()), ran.Error);
    }

    [TestMethod]
    public async Task Group_is_asked_on_its_query_topic()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "request", "--group", "all", "--query", "ping");
        Assert.AreEqual("0 m2m/group/all/query", ran.ExitCode + " " + string.Join(' ', device.Doors), ran.Error);
    }

    [TestMethod]
    public async Task Group_with_a_silent_member_fails_and_names_it()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice one = await FakeDevice.StartAsync(broker, "one");
        await using FakeDevice two = await FakeDevice.StartAsync(broker, "two");
        two.Methods["ping"] = _ => string.Empty;
        Ran ran = await Tool.RunAsync(broker, "request", "--group", "all", "ping", "--timeout", "1");
        Assert.AreEqual(1, ran.ExitCode);
        Assert.AreEqual("one  {\"uptime\":7}\n", ran.Out);
        StringAssert.Contains(ran.Error, "1 responded; online without a response: two");
    }

    [TestMethod]
    public async Task Hostile_answer_cannot_command_the_terminal()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker);
        device.Methods["read"] = _ => "{\"a\\u001b[2J\":\"\u009b31m\u202e\"}";
        Ran ran = await Tool.RunAsync(broker, "request", Id, "read");
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual("{\n  \"a\\u001b[2J\": \"\\u009b31m\\u202e\"\n}\n", ran.Out.Replace("\\u001B", "\\u001b", StringComparison.Ordinal).Replace("\\u009B", "\\u009b", StringComparison.Ordinal).Replace("\\u202E", "\\u202e", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("request", "esp32-1")]
    [DataRow("request", "esp32-1", "read", "novalue")]
    [DataRow("request", "a/b", "read")]
    [DataRow("request", "--group", "+", "read")]
    [DataRow("devices", "--timeout", "never")]
    [DataRow("devices", "--broker", "broker")]
    [DataRow("devices", "--prefix", "a//b")]
    [DataRow("divices")]
    [DataRow("settings", "esp32-1", "set")]
    [DataRow("settings", "esp32-1", "reset")]
    [DataRow("settings", "esp32-1", "reset", "--all", "interval")]
    [DataRow("log", "esp32-1", "--level", "loud")]
    [DataRow("log", "esp32-1", "--limit", "0")]
    [DataRow("history", "esp32-1", "--from", "yesterday")]
    [DataRow("history", "esp32-1", "--csv", "--json")]
    [DataRow("watch", "--count", "none")]
    public async Task Wrong_arguments_are_2_and_one_line(params string[] args)
    {
        Ran ran = await Tool.RunAsync(null, args);
        Assert.AreEqual(2, ran.ExitCode, ran.Error);
        Assert.AreEqual(string.Empty, ran.Out);
        Assert.AreEqual(1, ran.Error.Count(c => c == '\n'), ran.Error);
    }

    [TestMethod]
    public async Task Password_in_a_wrong_place_is_not_repeated()
    {
        Ran ran = await Tool.RunAsync(null, "mqtt://me:secret@broker");
        Assert.AreEqual(2, ran.ExitCode);
        Assert.IsFalse(ran.Error.Contains("secret", StringComparison.Ordinal), ran.Error);
    }
}
