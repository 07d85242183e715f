using System.Globalization;
using M2m.Tests.Harness;

namespace M2m.Tests;

/// <summary>Readings of children (<c>child_channel</c>) and positions with 1e-7 degrees arrive in each output with all digits.</summary>
[TestClass]
public class ChildReadingTests
{
    private const string Flat = """{"seq":7,"time":1795366425,"car_latitude":-89.9999999,"car_longitude":-179.1234567,"home_latitude":0.0000001,"home_longitude":13.41,"meter_voltage":229.9}""";

    private const string Pack = """
        [{"bt":1795366425,"n":"seq","v":7},{"n":"car_latitude","u":"lat","v":-89.9999999},{"n":"car_longitude","u":"lon","v":-179.1234567},
        {"n":"home_latitude","u":"lat","v":0.0000001},{"n":"home_longitude","u":"lon","v":13.41},{"n":"meter_voltage","u":"V","v":229.9}]
        """;

    private static readonly (string Channel, string Unit, decimal Value)[] Readings =
    [
        ("car_latitude", "lat", -89.9999999m), ("car_longitude", "lon", -179.1234567m), ("home_latitude", "lat", 0.0000001m),
        ("home_longitude", "lon", 13.41m), ("meter_voltage", "V", 229.9m),
    ];

    [TestMethod]
    public async Task Csv_has_all_digits()
    {
        string[] rows = (await WatchAsync(Pack, "--output", "csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        CollectionAssert.AreEqual(Readings.Select(reading => $"{reading.Channel},{Number(reading.Value)},{reading.Unit}").ToArray(), rows[1..].Select(row => row.Split(',', 3)[2]).ToArray());
    }

    [TestMethod]
    [DataRow("--output", "jsonl")]
    [DataRow("--json")]
    public async Task Lines_of_json_have_all_digits(params string[] options)
    {
        string line = (await WatchAsync(Pack, options)).Split('\n').Single(line => line.Contains("\"readings\"", StringComparison.Ordinal));
        foreach ((string channel, string unit, decimal value) in Readings)
        {
            StringAssert.Contains(line, $$"""{"n":"{{channel}}","u":"{{unit}}","t":1795366425,"v":{{Number(value)}}}""");
        }
    }

    [TestMethod]
    public async Task Influx_takes_all_digits()
    {
        await using InfluxServer influx = await InfluxServer.StartAsync();
        string lines = await WatchAsync(Pack, "--output", "influx");
        Assert.IsNull(await influx.WriteAsync(lines), lines);
        IReadOnlyList<string> rows = [.. await influx.QueryAsync("SELECT channel, unit, value FROM m2m")];
        foreach ((string channel, string unit, decimal value) in Readings)
        {
            string row = rows.Single(row => row.Contains($"|{channel}|{unit}|", StringComparison.Ordinal));
            Assert.AreEqual(value, decimal.Parse(row[(row.LastIndexOf('|') + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture), row);
        }
    }

    [TestMethod]
    public async Task Prometheus_page_has_all_digits_and_units_spelled_out()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using Tool tool = Tool.Start(broker, "watch", "--output", "prometheus", "--port", "0");
        await Wait.ForAsync(() => tool.Error.Contains("http://", StringComparison.Ordinal), () => tool.Error);
        string url = "http://" + tool.Error.Split("http://")[1].Split(',')[0];
        await device.PublishAsync("telemetry", Pack);
        using var client = new HttpClient();
        string page = string.Empty;
        await Wait.ForAsync(() => (page = client.GetStringAsync(url).GetAwaiter().GetResult()).Contains("meter_voltage", StringComparison.Ordinal), () => page);
        string[] lines = page.Split('\n');
        foreach ((string channel, string unit, decimal value) in Readings)
        {
            string name = $"m2m_reading_{channel}_{(unit == "V" ? "volts" : "degrees")}{{device=\"boiler\",channel=\"{channel}\"}} ";
            string line = lines.Single(line => line.StartsWith(name, StringComparison.Ordinal));
            Assert.AreEqual(value, decimal.Parse(line[name.Length..], NumberStyles.Float, CultureInfo.InvariantCulture), line);
        }

        await tool.InterruptAsync();
        Assert.AreEqual(0, (await tool.EndAsync()).ExitCode);
    }

    [TestMethod]
    [DataRow(Pack, true)]
    [DataRow(Flat, false)]
    public async Task Lines_for_people_have_all_digits(string message, bool hasUnits)
    {
        string text = await WatchAsync(message);
        foreach ((string channel, string unit, decimal value) in Readings)
        {
            StringAssert.Contains(text, hasUnits ? $"{channel} {Number(value)} {unit}" : $"{channel} {Number(value)}");
        }
    }

    [TestMethod]
    public async Task History_has_all_digits()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        device.Methods["history.read"] = _ => $$"""{"pack":{{Pack.Replace("{\"bt\":1795366425,\"n\":\"seq\",\"v\":7},{", "{\"bt\":1795366425,", StringComparison.Ordinal)}}}""";
        Ran json = await Tool.RunAsync(broker, "history", "boiler", "--json");
        Ran csv = await Tool.RunAsync(broker, "history", "boiler", "--csv");
        Ran chart = await Tool.RunAsync(broker, "history", "boiler");
        foreach ((string channel, string unit, decimal value) in Readings)
        {
            StringAssert.Contains(json.Out, $$"""{"n":"{{channel}}","u":"{{unit}}","t":1795366425,"v":{{Number(value)}}}""", json.Error);
            StringAssert.Contains(chart.Out, $"{channel} {unit}  min {Number(value)}  mean {Number(value)}  max {Number(value)}  last {Number(value)}", chart.Error);
        }

        Assert.AreEqual(
            "time,car_latitude,car_longitude,home_latitude,home_longitude,meter_voltage\n2026-11-22T16:53:45Z,-89.9999999,-179.1234567,0.0000001,13.41,229.9\n",
            csv.Out,
            csv.Error);
    }

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> WatchAsync(string message, params string[] options)
    {
        await using var broker = new MqttnetBroker();
        await broker.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        bool isStream = options.Length > 1 && options[1] != "jsonl";
        await using Tool tool = Tool.Start(broker, ["watch", "boiler", .. options, "--count", isStream ? "1" : "2"]);

        // A message before the subscription would be lost.
        await Wait.ForAsync(() => broker.HasSubscriber("m2m/boiler/event"), () => tool.Error);
        await device.PublishAsync("telemetry", message);
        Ran ran = await tool.EndAsync();
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        return ran.Out;
    }
}
