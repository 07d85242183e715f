using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class LogAndHistoryTests
{
    private const string Id = "esp32-020000000001";
    private const string Newest = """{"n":3,"level":"error","time":1795366425,"text":"third \u001b[2J"}""";

    [TestMethod]
    public async Task Log_is_oldest_first_over_its_pages()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "log", Id, "--level", "warning", "--json");
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, ran.JsonLines.Select(line => line.GetProperty("n").GetInt32()).ToArray());
        Assert.AreEqual("""{"limit":20,"level":"warning","before":2}""", device.Requests.Last()["params"]!.ToJsonString());
        Ran people = await Tool.RunAsync(broker, "log", Id, "--limit", "2");
        string[] lines = people.Out.Split('\n');
        Assert.AreEqual("up 5 s               information  second", lines[0]);
        StringAssert.Matches(lines[1], new(@"^2026-11-22 ..:..:..  error        third \\u001b\[2J$"));
    }

    [TestMethod]
    public async Task Followed_log_shows_what_was_and_what_comes()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        device.Methods["settings.get"] = _ => """{"revision":1,"values":{"log.level":"off"}}""";
        await using Tool tool = Tool.Start(broker, "log", Id, "--follow", "--json", "--level", "information");
        await tool.WaitForAsync("\"n\":3");
        await Wait.ForAsync(() => device.Requests.Any(request => (string)request["method"]! == "settings.get"), () => "log.level was not asked for");
        await device.PublishAsync("log", Newest);
        await device.PublishAsync("log", """{"n":4,"level":"debug","text":"fourth"}""");
        await device.PublishAsync("log", """{"n":5,"level":"warning","text":"fifth"}""");
        await device.PublishAsync("log", "not json");
        await device.PublishAsync("log", """{"n":6,"level":"warning","text":"sixth"}""");
        await tool.WaitForAsync("sixth");
        await tool.InterruptAsync();
        Ran ran = await tool.EndAsync();
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 5, 6 }, ran.JsonLines.Select(line => line.GetProperty("n").GetInt32()).ToArray());
        StringAssert.Contains(ran.Error, "publishes no lines now");
    }

    [TestMethod]
    public async Task History_is_resolved_over_its_pages()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "history", Id, "temperature", "--from", "1795366000", "--to", "1795367000", "--json");
        Assert.AreEqual(
            """[{"n":"temperature","u":"Cel","t":1795366425,"v":21.37},{"n":"humidity","u":"%RH","t":1795366425,"v":45.2},{"n":"temperature","u":"Cel","t":1795366435,"v":22.0}]""" + "\n",
            ran.Out,
            ran.Error);
        Assert.AreEqual(
            """{"limit":100,"channels":["temperature"],"from":1795366000,"to":1795367000,"after":7}""", device.Requests.Last(request => (string)request["method"]! == "history.read")["params"]!.ToJsonString());
    }

    [TestMethod]
    public async Task History_is_csv_when_asked()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "history", Id, "--csv", "--from", "-1h");
        Assert.AreEqual("time,humidity,temperature\n2026-11-22T16:53:45Z,45.2,21.37\n2026-11-22T16:53:55Z,,22.00\n", ran.Out, ran.Error);
    }

    [TestMethod]
    public async Task History_is_a_chart_for_people()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        Ran ran = await Tool.RunAsync(broker, "history", Id);
        StringAssert.Contains(ran.Out, "temperature Cel  min 21.37  mean 21.69  max 22.00  last 22.00  (2 readings)\n   22 ┤");
        StringAssert.Contains(ran.Out, "\n21.37 ┤");
        Assert.IsFalse(ran.Out.Contains('\e', StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("online", "deep-sleep", true)]
    [DataRow("sleeping", "always-on", true)]
    [DataRow("online", "always-on", false)]
    public async Task History_of_a_device_that_sleeps_says_why_it_is_short(string state, string mode, bool isExplained)
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        await device.PublishAsync("status", $$"""{"state":"{{state}}","id":"{{Id}}"}""", retain: true);
        device.Methods["settings.get"] = _ => $$$"""{"revision":1,"values":{"power.mode":"{{{mode}}}"}}""";
        Ran ran = await Tool.RunAsync(broker, "history", Id);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual(isExplained, ran.Error.Contains("its history goes back to its last wake", StringComparison.Ordinal), ran.Error);
    }

    [TestMethod]
    public async Task Unknown_channel_names_the_nearest()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await StartAsync(broker);
        device.Methods["sensors.list"] = _ => """{"sensors":[{"name":"a","channels":[{"name":"temperature"},{"name":"humidity"}]}]}""";
        device.Methods["history.read"] = _ => throw new RefusedException("""{"code":-32602,"message":"Invalid params","data":{"param":"channels","reason":"unknown channel; 'sensors.list' lists them"}}""");
        Ran history = await Tool.RunAsync(broker, "history", Id, "humidity", "temprature");
        Ran request = await Tool.RunAsync(broker, "request", Id, "history.read", """channels=["temprature"]""");
        Assert.AreEqual((1, 1), (history.ExitCode, request.ExitCode));
        string expected = $"m2m: {Id} has no channel 'temprature'. Did you mean 'temperature'? It has: humidity, temperature\n";
        Assert.AreEqual((expected, expected), (history.Error, request.Error));
    }

    private static async Task<FakeDevice> StartAsync(ITestBroker broker)
    {
        FakeDevice device = await FakeDevice.StartAsync(broker);
        device.Methods["log.read"] = parameters => parameters["before"] is null
            ? $$"""{"lines":[{{Newest}},{"n":2,"level":"information","uptime":5,"text":"second"}],"next":2}"""
            : """{"lines":[{"n":1,"level":"information","uptime":4,"text":"first"}]}""";
        device.Methods["history.read"] = parameters => parameters["after"] is null
            ? """{"pack":[{"bt":1795366425,"n":"temperature","u":"Cel","v":21.37},{"n":"humidity","u":"%RH","v":45.2}],"next":7}"""
            : """{"pack":[{"bt":1795366435,"n":"temperature","u":"Cel","v":22.0}]}""";
        return device;
    }
}
