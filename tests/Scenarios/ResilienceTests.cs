using System.Text.Json;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios;

[TestClass]
public sealed class ResilienceTests
{
    public static IEnumerable<object[]> AllBrokers => Brokers.All;

    [TestMethod]
    public async Task A_lost_sensor_and_its_recovery_are_published_once_each()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.WaitFor(() => bench.Telemetry(device).Any(), "no telemetry");

        device.Chip.Bus.At(0x76)!.Fault = SensorFault.Nack;
        bench.RunFor(600);
        bench.WaitFor(() => bench.Events(device, "sensor-fault").Any(), "the loss is not reported");
        int packs = bench.Telemetry(device).Count();
        device.Chip.Bus.At(0x76)!.Fault = SensorFault.None;
        bench.RunFor(600);
        bench.WaitFor(() => bench.Events(device, "sensor-recovered").Any(), "the recovery is not reported");

        Assert.AreEqual("bme280@76", bench.Events(device, "sensor-fault").Single().Json.GetProperty("sensor").GetString());
        Assert.HasCount(1, bench.Events(device, "sensor-recovered"));
        Assert.IsGreaterThan(packs + 20, bench.Telemetry(device).Count());
    }

    [TestMethod]
    public async Task Nothing_is_sent_as_a_value_while_the_sensor_does_not_answer()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        device.Chip.Bus.At(0x76)!.Fault = SensorFault.Nack;
        bench.RunFor(15);
        int before = bench.Telemetry(device).Count();

        bench.RunFor(120);

        Assert.AreEqual(before, bench.Telemetry(device).Count());
    }

    [TestMethod]
    [DataRow(SensorFault.OutOfRange)]
    [DataRow(SensorFault.NotValid)]
    public async Task Impossible_values_become_an_event_and_not_a_value(SensorFault fault)
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.WaitFor(() => bench.Telemetry(device).Any(), "no telemetry");
        device.Chip.Bus.At(0x76)!.Fault = fault;

        bench.RunFor(60);
        bench.WaitFor(() => bench.Client.On($"m2m/{device.Id}/event").Any(m => m.Text.Contains("-fault", StringComparison.Ordinal) && !m.Text.Contains("settings", StringComparison.Ordinal)), "no event");

        foreach (JsonElement record in bench.Telemetry(device).SelectMany(pack => pack.Json.EnumerateArray()))
        {
            if (record.GetProperty("n").GetString() == "temperature")
            {
                Assert.AreEqual(20, record.GetProperty("v").GetDouble(), 20);
            }
        }
    }

    [TestMethod]
    [DataRow(SensorFault.BadCalibration, "calibration data not valid: check wiring and supply, or replace the sensor")]
    [DataRow(SensorFault.Copying, "calibration data not ready 100 ms after a reset: check the supply")]
    public async Task A_sensor_whose_calibration_data_cannot_be_used_is_refused_with_an_event_and_sends_no_value(SensorFault fault, string reason)
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.WaitFor(() => bench.Telemetry(device).Any(), "no telemetry");
        device.Chip.Bus.At(0x76)!.Fault = fault;
        bench.RunFor(15);
        bench.WaitFor(() => bench.Events(device, "sensor-fault").Count() == 2, "not reported");
        int packs = bench.Telemetry(device).Count();

        bench.RunFor(600);
        CollectionAssert.AreEqual(new[] { "no answer", reason }, bench.Events(device, "sensor-fault").Select(e => e.Json.GetProperty("reason").GetString()).ToArray());
        Assert.AreEqual(packs, bench.Telemetry(device).Count());

        device.Chip.Bus.At(0x76)!.Fault = SensorFault.None;
        bench.RunFor(600);
        bench.WaitFor(() => bench.Events(device, "sensor-recovered").Any(), "the recovery is not reported");
    }

    [TestMethod]
    public async Task A_sensor_without_a_plausible_value_is_closed_and_measures_again_when_it_can()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.WaitFor(() => bench.Telemetry(device).Any(), "no telemetry");
        device.Chip.Bus.At(0x76)!.Fault = SensorFault.OutOfRange;
        bench.RunFor(600);
        device.Chip.Bus.At(0x76)!.Fault = SensorFault.None;
        bench.RunFor(600);
        bench.WaitFor(() => bench.Events(device, "sensor-recovered").Any(), "the recovery is not reported");

        Assert.AreEqual("3 measurements in a row without a plausible value", bench.Events(device, "sensor-fault").Single().Json.GetProperty("reason").GetString());
        Assert.HasCount(1, bench.Events(device, "sensor-recovered"));
        Assert.HasCount(3, bench.Events(device, "reading-recovered"));
    }

    [TestMethod]
    public async Task A_device_without_any_sensor_publishes_one_event_and_responds()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(options: new DeviceOptions { Sensors = [] });
        bench.RunFor(600);
        bench.WaitFor(() => bench.Events(device, "sensor-fault").Any(), "not reported");

        RequestTests.Result(await bench.RequestAsync(device, "ping"));

        Assert.HasCount(1, bench.Events(device, "sensor-fault"));
    }

    [TestMethod]
    public async Task A_sensor_that_is_plugged_in_later_is_found()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(options: new DeviceOptions { Sensors = [] });
        bench.RunFor(60);

        device.Chip.Bus.Attach(new SimulatedSensor(SensorModel.Bmp280, 0x77));
        bench.RunFor(600);

        bench.WaitFor(() => bench.Telemetry(device).Any(), "not found");
    }

    [TestMethod]
    public async Task A_sensor_that_lost_its_supply_for_a_moment_is_set_up_again()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        bench.RunFor(20);

        device.Chip.Bus.At(0x76)!.PowerGlitch();
        bench.RunFor(60);

        bench.WaitFor(() => bench.Events(device, "sensor-recovered").Any(), "not set up again");
    }

    [TestMethod]
    [DynamicData(nameof(AllBrokers))]
    public async Task The_device_is_back_by_itself_after_the_broker_was_killed_and_restarted(string broker)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline();
        await bench.Broker.KillAsync();
        bench.WaitFor(() => device.State != LinkState.Online, "the loss is not noticed");
        bench.RunFor(300);

        await bench.Broker.StartAsync();
        await bench.ReconnectClientAsync();
        bench.RunFor(310);

        bench.WaitFor(() => bench.Status(device) == "online", "it is not back");
        RequestTests.Result(await bench.RequestAsync(device, "ping"));
    }

    [TestMethod]
    [DynamicData(nameof(AllBrokers))]
    public async Task The_broker_publishes_the_will_of_a_device_that_lost_its_power(string broker)
    {
        await using Bench bench = await Bench.StartAsync(broker);
        SimulatedDevice device = bench.BootOnline();

        device.CutPower();

        bench.WaitFor(() => bench.Status(device) == "lost", "no will");
    }

    [TestMethod]
    public async Task A_device_that_leaves_on_purpose_is_offline_and_not_lost()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();

        device.Stop();
        bench.WaitFor(() => device.IsStopped, "it does not stop");

        Assert.AreEqual("offline", bench.Status(device));
    }

    [TestMethod]
    public async Task A_wrong_setting_means_its_default_and_an_event_with_its_path()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","interval":"often","Interval":5""");
        bench.WaitFor(() => bench.Events(device, "settings-fault").Count() == 2, "not reported");

        string?[] paths = [.. bench.Events(device, "settings-fault").Select(e => e.Json.GetProperty("path").GetString())];

        CollectionAssert.AreEqual(new[] { "interval", "Interval" }, paths);
        Assert.AreEqual(10, device.Settings!.Interval);
    }

    [TestMethod]
    public async Task A_broken_settings_file_means_defaults()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.Boot(options: new DeviceOptions { Settings = "{\"interval\":" });

        bench.RunFor(5);

        Assert.AreEqual("mqtt.local", device.Settings!.Broker.Host);
        Assert.AreEqual(10, device.Settings!.Interval);
    }

    [TestMethod]
    public async Task A_hundred_devices_at_once_publish_their_own_readings_and_get_their_own_requests()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice[] devices = [.. Enumerable.Range(1, 100).Select(number => bench.Boot(number))];
        bench.RunFor(5);
        bench.WaitFor(() => devices.All(device => bench.Status(device) == "online"), "not all come online");
        bench.RunFor(30);
        bench.WaitFor(() => devices.All(device => bench.Telemetry(device).Count() >= 4), "telemetry is missing");

        foreach (SimulatedDevice device in devices)
        {
            await bench.Client.PublishAsync($"m2m/{device.Id}/request", $$"""{"jsonrpc":"2.0","id":"{{device.Id}}","method":"info","from":"all"}""");
        }

        bench.WaitFor(() => devices.All(device => bench.Client.On($"m2m/{device.Id}/response/all").Any()), "answers are missing");
        foreach (SimulatedDevice device in devices)
        {
            Received answer = bench.Client.On($"m2m/{device.Id}/response/all").Single();
            Assert.AreEqual(device.Id, answer.Json.GetProperty("id").GetString());
            Assert.AreEqual(device.Id, answer.Json.GetProperty("result").GetProperty("id").GetString());
            string mac = device.Id["esp32-".Length..];
            Assert.IsTrue(bench.Telemetry(device).All(pack => pack.Text.Contains($"urn:dev:mac:{mac[..6]}fffe{mac[6..]}_", StringComparison.Ordinal)));
        }

        string[] readings = [.. devices.Select(device => string.Join(' ', bench.Telemetry(device).Last().Json.EnumerateArray().Skip(1).Select(r => r.GetProperty("v").GetRawText())))];
        Assert.HasCount(100, readings.Distinct());
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_values()
    {
        var noon = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

        Assert.AreEqual(new Room(7).TemperatureCelsius(noon), new Room(7).TemperatureCelsius(noon));
        Assert.AreNotEqual(new Room(7).TemperatureCelsius(noon), new Room(8).TemperatureCelsius(noon));
    }
}
