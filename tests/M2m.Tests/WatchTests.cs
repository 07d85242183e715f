using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class WatchTests
{
    private const string Pack = """[{"bt":1795366425,"n":"seq","v":41},{"n":"temperature","u":"Cel","v":21.37}]""";

    [TestMethod]
    public async Task Events_are_lines_of_json()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using Tool tool = Tool.Start(broker, "watch", "boiler", "--json", "--count", "5");
        await tool.WaitForAsync("\"retained\":true");
        await device.PublishAsync("telemetry", Pack);
        await device.PublishAsync("telemetry", """{"seq":42,"temperature":21.5,"time":1795366435}""");
        await device.PublishAsync("event", """{"type":"alarm","channel":"temperature","state":"high"}""");
        await device.PublishAsync("telemetry", "oops");
        Ran ran = await tool.EndAsync();
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        string[] lines = [.. ran.JsonLines.Select(line => line.GetRawText()[line.GetRawText().IndexOf("\"device\"", StringComparison.Ordinal)..])];
        Assert.AreEqual("""
            "device":"boiler","type":"status","retained":true,"status":{"state":"online","id":"boiler","version":"0.1.0","boot":3,"time":1795366425,"health":{"signal":-61}}}
            "device":"boiler","type":"telemetry","seq":41,"readings":[{"n":"temperature","u":"Cel","t":1795366425,"v":21.37}]}
            "device":"boiler","type":"telemetry","seq":42,"readings":[{"n":"temperature","t":1795366435,"v":21.5}]}
            "device":"boiler","type":"event","event":{"type":"alarm","channel":"temperature","state":"high"}}
            "device":"boiler","type":"malformed","text":"telemetry: oops"}
            """, string.Join('\n', lines));
    }

    [TestMethod]
    public async Task True_false_and_texts_are_shown()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using Tool tool = Tool.Start(broker, "watch", "boiler", "--count", "3");
        await tool.WaitForAsync("boiler status");
        await device.PublishAsync("telemetry", """[{"bt":1795366425,"n":"seq","v":1},{"n":"door","vb":true},{"n":"lock","vb":false},{"n":"mode","vs":"frost\u001b[2J"},{"n":"sold","v":7}]""");
        await device.PublishAsync("telemetry", """{"seq":2,"door":false,"mode":"idle","time":1795366435}""");
        Ran ran = await tool.EndAsync();
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        StringAssert.Contains(ran.Out, "door true lock false mode frost\\u001b[2J sold 7");
        StringAssert.Contains(ran.Out, "door false mode idle");
    }

    [TestMethod]
    public async Task Watch_goes_on_after_the_broker_was_away_and_ends_with_ctrl_c()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using Tool tool = Tool.Start(broker, "watch");
        await using (FakeDevice before = await FakeDevice.StartAsync(broker, "before"))
        {
            await tool.WaitForAsync("before status online");
        }

        await broker.KillAsync();
        await broker.StartAsync();
        await using FakeDevice after = await FakeDevice.StartAsync(broker, "after");
        await tool.WaitForAsync("after status online");
        await tool.InterruptAsync();
        Ran ran = await tool.EndAsync();
        Assert.AreEqual(0, ran.ExitCode);
        Assert.AreEqual("m2m: the connection to the broker is lost\nm2m: the broker is back\n", ran.Error);
    }

    [TestMethod]
    public async Task Screen_shows_the_devices_and_gives_the_terminal_back()
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using FakeDevice other = await FakeDevice.StartAsync(broker, "cellar", status: """{"state":"lost","id":"cellar"}""");
        await using TerminalSession session = TerminalSession.Start(broker, "watch");
        await session.WaitForAsync("cellar");
        await device.PublishAsync("telemetry", Pack.Replace("1795366425", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await device.PublishAsync("event", """{"type":"alarm","channel":"temp\u001b[2J"}""");
        await session.WaitForAsync("alarm channel temp\\u001b[2J");
        string[] lines = session.Screen.Text.Split('\n');
        StringAssert.Matches(lines[0], new(@"^m2m · mqtt://127\.0\.0\.1:\d+ · m2m · 2 devices · Ctrl\+C ends$"));
        StringAssert.Matches(lines[2], new("^Device +State +Readings +Age +Signal$"));
        StringAssert.Matches(lines[3], new(@"^boiler +online +temperature 21\.37 Cel +(now|\d+s) +-61 dBm$"));
        StringAssert.Matches(lines[4], new("^cellar +lost +- +-$"));
        Assert.IsTrue(session.Screen.IsAlternate);
        Assert.AreNotEqual(string.Empty, session.Screen.Styles);
        await session.PressCtrlCAsync();
        await session.EndAsync();
        Assert.IsFalse(session.Screen.IsAlternate);
        StringAssert.Contains(session.Screen.Text, "exit=0");
    }

    [TestMethod]
    public async Task Screen_fits_a_small_terminal_without_colours_when_asked()
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using TerminalSession session = TerminalSession.Start(broker, "watch", 40, 6, "NO_COLOR=1");
        await session.WaitForAsync("boiler");
        Assert.IsFalse(session.Screen.Styles.Split(' ', ';').Any(style => style.Length == 2 && style[0] is '3' or '4'), session.Screen.Styles);
        await session.PressCtrlCAsync();
        await session.EndAsync();
        StringAssert.Contains(session.Screen.Text, "exit=0");
    }

    [TestMethod]
    public async Task Answer_stands_alone_on_the_screen_after_the_progress()
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using TerminalSession session = TerminalSession.Start(broker, "request boiler ping");
        await session.EndAsync();
        Assert.AreEqual("{\n  \"uptime\": 7\n}\nexit=0", session.Screen.Text.Trim());
    }
}
