using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using M2m.Tests.Harness;
using Microsoft.VisualBasic.FileIO;

namespace M2m.Tests;

/// <summary>What <c>watch --output</c> writes, read by the programs that it is for.</summary>
[TestClass]
public class StreamTests
{
    private const string Promtool = "/usr/bin/promtool";
    private const string Jq = "/usr/bin/jq";

    private const string Pack = """
        [{"bt":1795366425.5,"n":"temperature","u":"Cel","v":21.37},{"n":"door","vb":true},{"n":"window","vb":false},
        {"n":"tank","u":"%","v":40},{"n":"valve","vs":"half \"open\"\nnext \\ line, and more"}]
        """;

    // In flat JSON a channel may have any name.
    private const string Hostile = """
        {"time":1795366426,"one two,three=four\\":1,"":2,"x\"y\nz":3,"ü\u202e{}":-4.5,"=cmd()":5,"huge":1e308,"beyond":1e999,"# TYPE x":6}
        """;

    [TestMethod]
    public async Task Influx_takes_each_line_with_its_name_type_unit_and_time()
    {
        await using InfluxServer influx = await InfluxServer.StartAsync();
        Ran ran = await WatchAsync("influx", 2);
        Assert.IsNull(await influx.WriteAsync(ran.Out), ran.Out);
        CollectionAssert.AreEquivalent(
            new[]
            {
                "1795366425500000000|True|door|boiler",
                "1795366425500000000|tank|boiler|%|40",
                "1795366425500000000|temperature|boiler|Cel|21.37",
                """1795366425500000000|valve|boiler|half "open"\u000anext \ line, and more""",
                "1795366425500000000|False|window|boiler",
                "1795366426000000000|# TYPE x|boiler|6",
                "1795366426000000000|=cmd()|boiler|5",
                "1795366426000000000|_|boiler|2",
                "1795366426000000000|one two,three=four_|boiler|1",
                "1795366426000000000|huge|boiler|1e+308",
                "1795366426000000000|x\"y_u000az|boiler|3",
                "1795366426000000000|ü_u202e{}|boiler|-4.5",
            },
            (await influx.QueryAsync("SELECT \"bool\", channel, device, text, unit, value FROM m2m")).ToArray(),
            ran.Out);
    }

    [TestMethod]
    public async Task Csv_is_read_back_as_it_was_sent()
    {
        Ran ran = await WatchAsync("csv", 2);
        using var parser = new TextFieldParser(new StringReader(ran.Out)) { Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        var rows = new List<string>();
        while (!parser.EndOfData)
        {
            rows.Add(string.Join('|', parser.ReadFields()!));
        }

        CollectionAssert.AreEqual(
            new[]
            {
                "time|device|channel|value|unit",
                "2026-11-22T16:53:45.5Z|boiler|temperature|21.37|Cel",
                "2026-11-22T16:53:45.5Z|boiler|door|true|",
                "2026-11-22T16:53:45.5Z|boiler|window|false|",
                "2026-11-22T16:53:45.5Z|boiler|tank|40|%",
                """2026-11-22T16:53:45.5Z|boiler|valve|half "open"\u000anext \ line, and more|""",
                """2026-11-22T16:53:46Z|boiler|one two,three=four\|1|""",
                "2026-11-22T16:53:46Z|boiler||2|",
                """2026-11-22T16:53:46Z|boiler|x"y\u000az|3|""",
                """2026-11-22T16:53:46Z|boiler|ü\u202e{}|-4.5|""",
                "2026-11-22T16:53:46Z|boiler|'=cmd()|5|",
                "2026-11-22T16:53:46Z|boiler|huge|1e308|",
                "2026-11-22T16:53:46Z|boiler|beyond|1e999|",
                "2026-11-22T16:53:46Z|boiler|# TYPE x|6|",
            },
            rows,
            ran.Out);
    }

    [TestMethod]
    public async Task Jq_reads_each_line()
    {
        Brokers.Require(File.Exists(Jq) ? Jq : null, "jq");
        Ran ran = await WatchAsync("jsonl", 3);
        string values = await PipeAsync(ran.Out, Jq, "-r", "select(.readings).readings[] | .v // .vs // .vb");
        StringAssert.StartsWith(values, "21.37\ntrue\nfalse\n40\nhalf \"open\"\n");
    }

    [TestMethod]
    public async Task Prometheus_accepts_the_page()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using FakeDevice gone = await FakeDevice.StartAsync(broker, "gone", status: """{"state":"lost","id":"gone"}""");
        await using Tool tool = Tool.Start(broker, "watch", "--output", "prometheus", "--port", "0");
        string url = await UrlAsync(tool);
        await device.PublishAsync("telemetry", Pack);
        await device.PublishAsync("telemetry", Hostile);
        await gone.PublishAsync("telemetry", Pack);
        using var client = new HttpClient();
        string page = string.Empty;
        await Wait.ForAsync(
            () => (page = client.GetStringAsync(url).GetAwaiter().GetResult()).Contains("telemetry_messages_total{device=\"gone\"} 1\n", StringComparison.Ordinal),
            () => page);
        await CheckAsync(page);
        string[] expected =
        [
            "m2m_device_up{device=\"boiler\"} 1", "m2m_device_up{device=\"gone\"} 0", "m2m_device_state_info{device=\"gone\",state=\"lost\"} 1",
            "m2m_device_signal_dbm{device=\"boiler\"} -61", "m2m_device_telemetry_messages_total{device=\"boiler\"} 2",
            "m2m_reading_temperature_celsius{device=\"boiler\",channel=\"temperature\"} 21.37",
            "m2m_reading_door{device=\"boiler\",channel=\"door\"} 1", "m2m_reading_window{device=\"boiler\",channel=\"window\"} 0",
            "m2m_reading_tank_percent{device=\"boiler\",channel=\"tank\"} 40",
            "m2m_text_info{device=\"boiler\",channel=\"valve\",text=\"half \\\"open\\\"\\nnext \\\\ line, and more\"} 1",
            "m2m_reading_one_two_three_four_{device=\"boiler\",channel=\"one two,three=four\\\\\"} 1", "m2m_reading_huge{device=\"boiler\",channel=\"huge\"} 1E+308",
            "m2m_readings_not_shown 0",
        ];
        CollectionAssert.IsSubsetOf(expected, page.Split('\n'), page);
        Assert.IsFalse(page.Contains("celsius{device=\"gone\"", StringComparison.Ordinal), page);
        await tool.InterruptAsync();
        Assert.AreEqual(0, (await tool.EndAsync()).ExitCode);
    }

    [TestMethod]
    public async Task Channel_and_device_with_ever_new_texts_make_few_series()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using FakeDevice odd = await FakeDevice.StartAsync(broker, "odd", status: """{"state":"made-up-417","id":"odd"}""");
        await using Tool tool = Tool.Start(broker, "watch", "--output", "prometheus", "--port", "0");
        string url = await UrlAsync(tool);
        using var client = new HttpClient();
        string page = string.Empty;
        var series = new HashSet<string>();
        for (int i = 1; i <= 30; i++)
        {
            await device.PublishAsync("telemetry", """[{"n":"clock","vs":"text {i} "}]""".Replace("{i}", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
            string count = FormattableString.Invariant($"telemetry_messages_total{{device=\"boiler\"}} {i}\n");
            await Wait.ForAsync(() => (page = client.GetStringAsync(url).GetAwaiter().GetResult()).Contains(count, StringComparison.Ordinal), () => page);
            series.UnionWith(page.Split('\n').Where(line => line.StartsWith("m2m_text_info{", StringComparison.Ordinal)));
        }

        Assert.HasCount(20, series);
        StringAssert.Contains(page, "m2m_texts_not_shown 1\n");
        StringAssert.Contains(page, "m2m_device_state_info{device=\"odd\",state=\"other\"} 1\n");
        await tool.InterruptAsync();
        Assert.AreEqual(0, (await tool.EndAsync()).ExitCode);
    }

    [TestMethod]
    public async Task Page_is_served_whatever_else_is_asked_of_it()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using Tool tool = Tool.Start(broker, "watch", "--output", "prometheus", "--port", "0");
        var url = new Uri(await UrlAsync(tool));

        // As many idle clients as it takes at once: each is cut off after 5 s.
        var idle = new List<TcpClient>();
        for (int i = 0; i < 8; i++)
        {
            idle.Add(new TcpClient(url.Host, url.Port));
        }

        StringAssert.StartsWith(await AskAsync(url, "GET /metrics HTTP/1.1\r\n\r\n"), "HTTP/1.1 200 OK\r\n");
        StringAssert.StartsWith(await AskAsync(url, "GET / HTTP/1.1\r\n\r\n"), "HTTP/1.1 404 ");
        StringAssert.StartsWith(await AskAsync(url, "POST /metrics HTTP/1.1\r\n\r\n"), "HTTP/1.1 405 ");
        StringAssert.StartsWith(await AskAsync(url, "rubbish\r\n\r\n"), "HTTP/1.1 400 ");
        StringAssert.StartsWith(await AskAsync(url, new string('x', 8 * 1024)), "HTTP/1.1 400 ");
        idle.ForEach(client => client.Dispose());
        Ran taken = await Tool.RunAsync(broker, "watch", "--output", "prometheus", "--port", url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreEqual(1, taken.ExitCode);
        StringAssert.Contains(taken.Error, "Choose another port with --port");
    }

    [TestMethod]
    [DataRow("--output", "xml")]
    [DataRow("--output", "csv", "--json")]
    [DataRow("--output", "csv", "--port", "1")]
    [DataRow("--output", "prometheus", "--count", "1")]
    [DataRow("--output", "prometheus", "--port", "65536")]
    public async Task Options_that_do_not_go_together_are_refused(params string[] options)
    {
        Ran ran = await Tool.RunAsync(null, ["watch", .. options]);
        Assert.AreEqual(2, ran.ExitCode, ran.Error);
    }

    private static async Task<Ran> WatchAsync(string format, int count)
    {
        await using var broker = new MqttnetBroker();
        await broker.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using Tool tool = Tool.Start(broker, "watch", "boiler", "--output", format, "--count", count.ToString(System.Globalization.CultureInfo.InvariantCulture));

        // A message before the subscription would be lost.
        await Wait.ForAsync(() => broker.HasSubscriber("m2m/boiler/event"), () => tool.Error);
        await device.PublishAsync("telemetry", Pack);
        await device.PublishAsync("telemetry", Hostile);
        Ran ran = await tool.EndAsync();
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        return ran;
    }

    internal static async Task CheckAsync(string page)
    {
        Brokers.Require(File.Exists(Promtool) ? Promtool : null, "prometheus");
        Assert.AreEqual(string.Empty, await PipeAsync(page, Promtool, "check", "metrics"), page);
    }

    internal static async Task<string> UrlAsync(Tool tool)
    {
        const string Before = "metrics for Prometheus at ";
        await Wait.ForAsync(() => tool.Error.Contains(Before, StringComparison.Ordinal), () => tool.Error);
        return tool.Error.Split(Before)[1].Split(',')[0];
    }

    private static async Task<string> AskAsync(Uri url, string request)
    {
        using var client = new TcpClient(url.Host, url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var answer = new StreamReader(client.GetStream());
        return await answer.ReadToEndAsync();
    }

    // What the program says: nothing but its output, or its complaints.
    private static async Task<string> PipeAsync(string input, string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return await output + await error;
    }
}
