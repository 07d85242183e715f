using M2m.Tests.Harness;

namespace M2m.Tests;

/// <summary>A child of a gateway that is lost has no values until it is back; <c>meter_two</c> is a child of its own beside <c>meter</c>.</summary>
[TestClass]
public class LostChildTests
{
    private const string Before = """[{"bt":1795366430,"n":"meter_power","u":"W","v":3},{"n":"meter_two_power","u":"W","v":4},{"n":"temperature","u":"Cel","v":21.5}]""";
    private const string During = """[{"bt":1795366450,"n":"meter_two_power","u":"W","v":5}]""";
    private const string After = """[{"bt":1795366460,"n":"meter_power","u":"W","v":6}]""";
    private const string Lost = """{"state":"online","id":"boiler","time":1795366440,"childrenLost":["meter"]}""";
    private const string Back = """{"state":"online","id":"boiler","time":1795366460}""";

    [TestMethod]
    public async Task Prometheus_has_no_samples_of_a_lost_child_until_it_is_back()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using Tool tool = Tool.Start(broker, "watch", "--output", "prometheus", "--port", "0");
        string url = await StreamTests.UrlAsync(tool);
        using var client = new HttpClient();
        string page = string.Empty;
        Task ShowsAsync(string line) => Wait.ForAsync(() => (page = client.GetStringAsync(url).GetAwaiter().GetResult()).Split('\n').Contains(line), () => page);
        const string Power = "m2m_reading_meter_power_watts{device=\"boiler\",channel=\"meter_power\"} ";
        const string Other = "m2m_reading_meter_two_power_watts{device=\"boiler\",channel=\"meter_two_power\"} ";
        const string Own = "m2m_reading_temperature_celsius{device=\"boiler\",channel=\"temperature\"} 21.5";
        await device.PublishAsync("telemetry", Before);
        await ShowsAsync(Power + 3);

        await device.PublishAsync("status", Lost, retain: true);
        await device.PublishAsync("telemetry", During);
        await ShowsAsync(Other + 5);
        await StreamTests.CheckAsync(page);
        Assert.IsFalse(page.Contains(Power, StringComparison.Ordinal), page);
        CollectionAssert.IsSubsetOf(new[] { Own, "m2m_child_up{device=\"boiler\",child=\"meter\"} 0", "m2m_child_last_reading_timestamp_seconds{device=\"boiler\",child=\"meter\"} 1795366430" }, page.Split('\n'), page);

        await device.PublishAsync("telemetry", After);
        await device.PublishAsync("status", Back, retain: true);
        await ShowsAsync("m2m_child_up{device=\"boiler\",child=\"meter\"} 1");
        CollectionAssert.IsSubsetOf(new[] { Own, Power + 6, "m2m_child_last_reading_timestamp_seconds{device=\"boiler\",child=\"meter\"} 1795366460" }, page.Split('\n'), page);

        // Of a device that is gone nothing is known of its children.
        await device.PublishAsync("status", """{"state":"lost","id":"boiler"}""", retain: true);
        await ShowsAsync("m2m_device_up{device=\"boiler\"} 0");
        Assert.IsFalse(page.Contains("m2m_child_", StringComparison.Ordinal), page);
        await tool.InterruptAsync();
        Assert.AreEqual(0, (await tool.EndAsync()).ExitCode);
    }

    [TestMethod]
    public async Task Influx_gets_a_sample_when_a_child_is_lost_and_when_it_is_back()
    {
        await using InfluxServer influx = await InfluxServer.StartAsync();
        await using var broker = new MqttnetBroker();
        await broker.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using Tool tool = Tool.Start(broker, "watch", "boiler", "--output", "influx", "--count", "4");
        await Wait.ForAsync(() => broker.HasSubscriber("m2m/boiler/event"), () => tool.Error);
        await device.PublishAsync("telemetry", Before);
        await device.PublishAsync("status", Lost, retain: true);
        await device.PublishAsync("status", Lost, retain: true);
        await device.PublishAsync("status", Back, retain: true);
        await device.PublishAsync("telemetry", After);
        Ran ran = await tool.EndAsync();
        Assert.IsNull(await influx.WriteAsync(ran.Out), ran.Out);
        CollectionAssert.AreEqual(
            new[] { "1795366440000000000|meter|boiler|0", "1795366460000000000|meter|boiler|1" },
            (await influx.QueryAsync("SELECT child, device, value FROM m2m_child_up")).ToArray(),
            ran.Out);
    }

    [TestMethod]
    public async Task Screen_says_since_when_a_child_is_silent_in_place_of_its_values()
    {
        TerminalSession.Require();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        await using TerminalSession session = TerminalSession.Start(broker, "watch", 120, 24);
        await session.WaitForAsync("boiler");
        string Row() => session.Screen.Text.Split('\n').First(line => line.StartsWith("boiler", StringComparison.Ordinal));
        await device.PublishAsync("telemetry", Before);
        await session.WaitForAsync("meter_power 3 W");
        await device.PublishAsync("status", Lost, retain: true);
        await session.WaitForAsync("meter lost, last reading ");
        await device.PublishAsync("telemetry", During);
        await session.WaitForAsync("meter_two_power 5 W");
        StringAssert.Matches(Row(), new(@"^boiler  online  meter lost, last reading \d+[smhd] ago  meter_two_power 5 W  temperature 21\.5 Cel "));
        await device.PublishAsync("status", Back, retain: true);
        await device.PublishAsync("telemetry", After);
        await session.WaitForAsync("meter_power 6 W");
        Assert.IsFalse(Row().Contains("lost", StringComparison.Ordinal), Row());
        await session.PressCtrlCAsync();
        await session.EndAsync();
    }
}
