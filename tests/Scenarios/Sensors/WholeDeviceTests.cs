using Boards.NativeSim;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Sensors;

/// <summary>The firmware with every sensor that it finds by itself.</summary>
[TestClass]
public sealed class WholeDeviceTests
{
    [TestMethod]
    public async Task Every_sensor_is_found_and_its_channels_have_their_names_and_units()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(options: Options("bme280,sht4x,scd4x,bh1750,ina219,ds18b20,ds18b20"));
        bench.WaitFor(() => bench.Telemetry(device).Any(), "no reading");

        Dictionary<string, string> units = bench.Telemetry(device).First().Json.EnumerateArray().Where(record => record.TryGetProperty("u", out _))
            .ToDictionary(record => record.GetProperty("n").GetString()!, record => record.GetProperty("u").GetString()!);
        string[] expected =
        [
            "co2 ppm", "current A", "humidity %RH", "humidity-44 %RH", "humidity-62 %RH", "illuminance lx", "power W", "pressure Pa", "temperature Cel",
            "temperature-0316821E6401 Cel", "temperature-0316821E6402 Cel", "temperature-44 Cel", "temperature-62 Cel", "voltage V",
        ];
        CollectionAssert.AreEqual(expected, units.Select(unit => $"{unit.Key} {unit.Value}").Order(StringComparer.Ordinal).ToArray());
        Assert.IsEmpty(bench.Events(device, "sensor-fault"));
    }

    [TestMethod]
    [DataRow("sht4x", SensorFault.BadCrc)]
    [DataRow("scd4x", SensorFault.BadCrc)]
    [DataRow("bh1750", SensorFault.Nack)]
    [DataRow("ina219", SensorFault.Nack)]
    [DataRow("ds18b20", SensorFault.BadCrc)]
    [DataRow("ds18b20", SensorFault.PowerOnValue)]
    public async Task Fault_of_the_only_sensor_is_published_once_and_no_value_until_it_has_ended(string sensors, SensorFault fault)
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(options: Options(sensors));
        bench.WaitFor(() => bench.Telemetry(device).Any(), "no reading");

        Set(device, fault);
        bench.RunFor(60);
        bench.WaitFor(() => bench.Events(device, "sensor-fault").Any(), "the loss is not reported");
        int before = bench.Telemetry(device).Count();
        bench.RunFor(60);
        Assert.HasCount(before, bench.Telemetry(device));

        Set(device, SensorFault.None);
        bench.RunFor(600);
        bench.WaitFor(() => bench.Events(device, "sensor-recovered").Any(), "the recovery is not reported");
        bench.WaitFor(() => bench.Telemetry(device).Count() > before, "no reading after the recovery");
        Assert.AreEqual("no answer", bench.Events(device, "sensor-fault").Single().Json.GetProperty("reason").GetString());
    }

    [TestMethod]
    [DataRow("sht4x")]
    [DataRow("scd4x")]
    [DataRow("bh1750")]
    [DataRow("ina219")]
    [DataRow("ds18b20")]
    public async Task Three_measurements_out_of_range_close_the_sensor_and_it_is_probed_again(string sensors)
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(options: Options(sensors));
        bench.WaitFor(() => bench.Telemetry(device).Any(), "no reading");

        // Only an SHT4x and an SCD4x have a humidity, which is cropped or 0 and so at an end of its range.
        Set(device, SensorFault.OutOfRange);
        bench.RunFor(120);
        bench.WaitFor(() => bench.Events(device, "sensor-fault").Any(), "not closed");
        Set(device, SensorFault.None);
        bench.RunFor(600);
        bench.WaitFor(() => bench.Events(device, "sensor-recovered").Any(), "not probed again");

        Assert.AreEqual("3 measurements in a row without a plausible value", bench.Events(device, "sensor-fault").Single().Json.GetProperty("reason").GetString());
    }

    [TestMethod]
    [DataRow("ds18b20,ds18b20,ds18b20,ds18b20,ds18b20")]
    [DataRow("sht4x@76")]
    [DataRow("bme280@76,bmp280@76")]
    [DataRow("scd4x,scd4x")]
    [DataRow("bh1750@5D")]
    [DataRow("lamp")]
    [DataRow("")]
    public void Sensors_that_have_no_place_are_refused(string list) => Assert.IsFalse(SensorList.TryParse(list, out _));

    private static DeviceOptions Options(string list) =>
        new() { Sensors = SensorList.TryParse(list, out IReadOnlyList<(SensorModel Model, int Address)>? sensors) ? sensors : throw new ArgumentException(list) };

    private static void Set(SimulatedDevice device, SensorFault fault)
    {
        foreach (I2cChip chip in SensorList.Addresses.Select(device.Chip.Bus.At).OfType<I2cChip>())
        {
            chip.Fault = fault;
        }

        foreach (SimulatedDs18b20 sensor in device.Chip.OneWire.Attached)
        {
            sensor.Fault = fault;
        }
    }
}
