using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios;

[TestClass]
public sealed class PushTests
{
    public static IEnumerable<object[]> AllBrokers => Brokers.All;

    [TestMethod]
    [DynamicData(nameof(AllBrokers))]
    public async Task First_telemetry_comes_within_one_interval(string broker)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline();

        bench.WaitFor(() => bench.Telemetry(device).Any(), "no telemetry");

        Assert.IsLessThan(10_000, bench.Time.NowMs);
    }

    [TestMethod]
    public async Task A_pack_is_SenML_with_base_name_time_and_values_in_fixed_point()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.RunFor(10);
        bench.WaitFor(() => bench.Telemetry(device).Count() >= 2, "no telemetry after the clock was set");

        JsonElement[] records = [.. bench.Telemetry(device).Last().Json.EnumerateArray()];

        Assert.AreEqual("urn:dev:mac:020000fffe000001_", records[0].GetProperty("bn").GetString());
        Assert.IsGreaterThan(1_767_225_600, records[0].GetProperty("bt").GetInt64());
        Assert.AreEqual("seq", records[0].GetProperty("n").GetString());
        CollectionAssert.AreEqual(new[] { "temperature", "humidity", "pressure" }, records[1..].Select(r => r.GetProperty("n").GetString()).ToArray());
        CollectionAssert.AreEqual(new[] { "Cel", "%RH", "Pa" }, records[1..].Select(r => r.GetProperty("u").GetString()).ToArray());
        foreach (JsonElement record in records[1..])
        {
            StringAssert.Matches(record.GetProperty("v").GetRawText(), new("^-?[0-9]+(\\.[0-9]*[1-9])?$"));
        }
    }

    [TestMethod]
    public async Task One_pack_comes_each_interval_with_the_next_number()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","interval":5""");

        bench.RunFor(50);
        bench.WaitFor(() => bench.Telemetry(device).Count() >= 11, "packs are missing");

        CollectionAssert.AreEqual(Enumerable.Range(1, 11).ToArray(), bench.Telemetry(device).Select(Sequence).ToArray());
    }

    [TestMethod]
    public async Task The_numbers_go_on_without_a_gap_after_an_orderly_restart()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.RunFor(30);
        device.Stop();
        bench.WaitFor(() => device.IsStopped, "it does not stop");
        int last = bench.Telemetry(device).Select(Sequence).Last();

        device.Restart();
        bench.ComeOnline(device);
        bench.WaitFor(() => bench.Telemetry(device).Select(Sequence).Last() > last, "no telemetry after the restart");

        Assert.AreEqual(last + 1, bench.Telemetry(device).Select(Sequence).Last());
    }

    [TestMethod]
    public async Task The_numbers_never_repeat_after_a_power_cut_and_the_status_says_where_they_go_on()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.RunFor(30);
        bench.WaitFor(() => bench.Telemetry(device).Count() >= 4, "no telemetry");
        int last = bench.Telemetry(device).Select(Sequence).Last();

        device.CutPower();
        device.Restart();
        bench.ComeOnline(device);
        bench.WaitFor(() => bench.Telemetry(device).Select(Sequence).Last() > last, "no telemetry after the power cut");

        int first = bench.Telemetry(device).Select(Sequence).First(sequence => sequence > last);
        Received online = bench.Client.On($"m2m/{device.Id}/status").Last();
        Assert.AreEqual(online.Json.GetProperty("seq").GetInt32(), first);
        Assert.AreEqual(2, online.Json.GetProperty("boot").GetInt32());
    }

    [TestMethod]
    public async Task A_second_sensor_has_its_address_in_its_channels_names()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(options: new DeviceOptions { Sensors = [(SensorModel.Bme280, 0x76), (SensorModel.Bmp280, 0x77)] });
        bench.WaitFor(() => bench.Telemetry(device).Any(), "no telemetry");

        string?[] names = [.. bench.Telemetry(device).First().Json.EnumerateArray().Skip(1).Select(r => r.GetProperty("n").GetString())];

        CollectionAssert.AreEqual(new[] { "temperature", "humidity", "pressure", "temperature-77", "pressure-77" }, names);
    }

    [TestMethod]
    public async Task A_BME680_also_measures_gas_resistance()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(options: new DeviceOptions { Sensors = [(SensorModel.Bme680, 0x77)] });
        bench.WaitFor(() => bench.Telemetry(device).Any(), "no telemetry");

        StringAssert.Contains(bench.Telemetry(device).First().Text, "\"n\":\"gas-resistance\",\"u\":\"Ohm\"");
    }

    private static int Sequence(Received pack) => pack.Json[0].GetProperty("v").GetInt32();
}
