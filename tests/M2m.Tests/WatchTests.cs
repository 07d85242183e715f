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
    [DataRow("watch --ouput csv", "unknown option '--ouput'. Did you mean '--output'?")]
    [DataRow("watch boiler --jsn", "unknown option '--jsn'. Did you mean '--json'?")]
    [DataRow("history boiler --frm", "unknown option '--frm'. Did you mean '--from'?")]
    [DataRow("watch --sort nosuch", "Argument 'nosuch' not recognized. Must be one of: 'device' 'state' 'age' 'seen' 'signal' (--help")]
    public async Task Misspelled_option_is_no_device(string arguments, string why)
    {
        Ran ran = await Tool.RunAsync(null, arguments.Split(' '));
        StringAssert.Contains(ran.Error, why);
        Assert.AreEqual((2, string.Empty), (ran.ExitCode, ran.Out));
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
        Assert.AreEqual("sorted by device · s sorts, r reverses, / filters, arrows scroll", lines[1]);
        StringAssert.Matches(lines[2], new("^Device +State +Readings +Age +Seen +Signal$"));
        StringAssert.Matches(lines[3], new(@"^boiler +online +temperature 21\.37 Cel +(now|\d+s) +(now|\d+s) +-61 dBm$"));
        StringAssert.Matches(lines[4], new("^cellar +lost +- +- +-$"));
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
    public async Task Devices_without_a_status_are_reported_and_waited_for()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using FakeDevice other = await FakeDevice.StartAsync(broker, "cellar");
        await using Tool tool = Tool.Start(broker, "watch", "cellar", "boilr", "--count", "2");
        const string Expected = "m2m: no device 'boilr' has published a status under 'm2m'. Did you mean 'boiler'? 2 devices have: m2m devices lists them. Waiting for it.\n";
        await Wait.ForAsync(() => tool.Error.Length >= Expected.Length, () => tool.Error);
        await using FakeDevice late = await FakeDevice.StartAsync(broker, "boilr");
        Ran ran = await tool.EndAsync();
        Assert.AreEqual(Expected, ran.Error);
        StringAssert.Contains(ran.Out, "boilr status online");
    }

    [TestMethod]
    public async Task Screen_reports_a_device_without_a_status_until_it_comes()
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using TerminalSession session = TerminalSession.Start(broker, "watch nosuch");
        await session.WaitForAsync("no device 'nosuch' has published a status under 'm2m'.");
        await using FakeDevice late = await FakeDevice.StartAsync(broker, "nosuch");
        await Wait.ForAsync(() => !session.Screen.Text.Contains("no device", StringComparison.Ordinal) && session.Screen.Text.Contains("online", StringComparison.Ordinal), () => session.Screen.Text);
        await session.PressCtrlCAsync();
        await session.EndAsync();
        StringAssert.Contains(session.Screen.Text, "exit=0");
    }

    [TestMethod]
    public async Task Screen_is_sorted_filtered_and_scrolled_by_keys()
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        var devices = new List<FakeDevice>();
        for (int i = 10; i < 40; i++)
        {
            devices.Add(await FakeDevice.StartAsync(broker, $"dev-{i}", status: $$$"""{"state":"{{{(i == 25 ? "lost" : "online")}}}","id":"dev-{{{i}}}","health":{"signal":-{{{i}}}}}"""));
        }

        await using TerminalSession session = TerminalSession.Start(broker, "watch --sort signal", 80, 24);
        string[] Ids() => [.. session.Screen.Text.Split('\n').Where(line => line.StartsWith("dev-", StringComparison.Ordinal)).Select(line => line[..6])];
        async Task ShowsAsync(string first, string last) =>
            await Wait.ForAsync(() => Ids() is [var one, .., var other] && one == first && other == last, () => session.Screen.Text);
        await session.WaitForAsync("30 devices");
        await session.WaitForAsync("and ");
        int rows = Ids().Length;
        await ShowsAsync("dev-10", $"dev-{9 + rows}");
        await session.TypeAsync("r");
        await ShowsAsync("dev-39", $"dev-{40 - rows}");
        await session.TypeAsync("r\e[B\e[B");
        await ShowsAsync("dev-12", $"dev-{11 + rows}");
        await session.WaitForAsync("(2 above, ");
        await session.TypeAsync("\e[F");
        await ShowsAsync($"dev-{40 - rows}", "dev-39");
        await session.TypeAsync("\e[5~\e[A");
        int top = Math.Max(0, Math.Max(0, 30 - (2 * rows)) - 1);
        await ShowsAsync($"dev-{10 + top}", $"dev-{9 + top + rows}");
        await session.TypeAsync("/DEV-3");
        await session.WaitForAsync("filter: DEV-3_ · 10 of 30 match");
        await ShowsAsync("dev-30", "dev-39");
        await session.TypeAsync("\r\e");
        await session.WaitForAsync("sorted by signal · s sorts");
        await session.TypeAsync("/lost");
        await session.WaitForAsync("filter: lost_ · 1 of 30 match");
        CollectionAssert.AreEqual(new[] { "dev-25" }, Ids());
        await session.TypeAsync("nobody\r");
        await session.WaitForAsync("no device matches the filter");
        await session.TypeAsync("\e");
        await ShowsAsync("dev-10", $"dev-{9 + rows}");
        await session.TypeAsync("s");
        await session.WaitForAsync("sorted by device");
        await session.PressCtrlCAsync();
        await session.EndAsync();
        StringAssert.Contains(session.Screen.Text, "exit=0");
        foreach (FakeDevice device in devices)
        {
            await device.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task Two_devices_with_one_id_are_reported_once_in_each_output()
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler", status: Started(7, 500));
        await using TerminalSession session = TerminalSession.Start(broker, "watch", 120, 24);
        await session.WaitForAsync("boiler");
        await using Tool prometheus = Tool.Start(broker, "watch", "--output", "prometheus", "--port", "0");
        string url = await StreamTests.UrlAsync(prometheus);
        await using Tool lines = Tool.Start(broker, "watch", "boiler", "--json", "--count", "9");
        await lines.WaitForAsync("\"status\"");

        // A device that starts again, wakes or is late goes on; the start before does not come back.
        string[] one = [Started(7, 500), Started(7, 505), Started(8, 1), Started(8, 0), Started(9, 1)];
        foreach (string status in one)
        {
            await device.PublishAsync("status", status, retain: true);
        }

        using var client = new HttpClient();
        string page = string.Empty;
        Task ShowsAsync(int value) => Wait.ForAsync(() => (page = client.GetStringAsync(url).GetAwaiter().GetResult()).Split('\n').Contains($"m2m_device_id_shared{{device=\"boiler\"}} {value}"), () => page);
        await ShowsAsync(0);
        Assert.IsFalse(lines.Error.Contains("warning", StringComparison.Ordinal), lines.Error);
        foreach (string status in new[] { Started(9, 900), Started(9, 2), Started(9, 901) })
        {
            await device.PublishAsync("status", status, retain: true);
        }

        await ShowsAsync(1);
        await StreamTests.CheckAsync(page);
        await session.WaitForAsync("two devices use this id, and take the connection from each other");
        Ran ran = await lines.EndAsync();
        Assert.AreEqual("m2m: warning: boiler: two devices use this id, and take the connection from each other", ran.Error.Split('\n').Single(line => line.Contains("warning", StringComparison.Ordinal)));
        await session.PressCtrlCAsync();
        await session.EndAsync();
        await prometheus.InterruptAsync();
        await prometheus.EndAsync();
    }

    private static string Started(int boot, int uptime) => $$$"""{"state":"online","id":"boiler","boot":{{{boot}}},"health":{"uptime":{{{uptime}}}}}""";

    [TestMethod]
    [DataRow(80, false)]
    [DataRow(160, true)]
    public async Task Screen_of_80_columns_has_all_columns_and_one_of_160_all_readings(int width, bool hasAll)
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "esp32-020000000001", status: """{"state":"sleeping","id":"esp32-020000000001","until":4000000000,"health":{"signal":-61}}""");
        await using FakeDevice other = await FakeDevice.StartAsync(broker, "esp32-020000000002");
        await using TerminalSession session = TerminalSession.Start(broker, "watch", width, 24);
        await session.WaitForAsync("esp32-020000000002");
        const string Readings = "temperature 21.37 Cel  humidity 45.2 %RH  pressure 101325 Pa  gas 12000 Ohm  battery 3.71 V";
        await device.PublishAsync("telemetry", """[{"n":"temperature","u":"Cel","v":21.37},{"n":"humidity","u":"%RH","v":45.2},{"n":"pressure","u":"Pa","v":101325},{"n":"gas","u":"Ohm","v":12000},{"n":"battery","u":"V","v":3.71}]""");
        await session.WaitForAsync("21.37");
        string[] lines = session.Screen.Text.Split('\n');
        string heading = lines.Single(line => line.StartsWith("Device ", StringComparison.Ordinal) && line.Contains("Readings", StringComparison.Ordinal));
        StringAssert.Matches(heading, new("^Device +State +Readings +Age +Seen +Signal$"));
        Assert.IsTrue(heading.Length > width - 4, heading);
        string row = lines.First(line => line.StartsWith("esp32-020000000001", StringComparison.Ordinal));
        StringAssert.Matches(row, new(@"^esp32-020000000001  sleeping, \d+d +.* -61 dBm$"));
        Assert.AreEqual(hasAll, row.Contains(Readings, StringComparison.Ordinal), row);
        await session.PressCtrlCAsync();
        await session.EndAsync();
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
