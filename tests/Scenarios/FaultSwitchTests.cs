using Boards.NativeSim.Faults;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Client.Arguments;
using Scenarios.Harness;

namespace Scenarios;

/// <summary>Each fault does what it says, from its beginning to its end.</summary>
[TestClass]
public sealed class FaultSwitchTests
{
    [TestMethod]
    public async Task Without_Wifi_the_device_is_off_the_air_until_it_is_back()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Start(bench, "wifi@60+30");

        bench.RunFor(75);
        Assert.IsFalse(device.Chip.Radio.InRange);
        Assert.AreNotEqual(LinkState.Online, device.State);
        bench.RunFor(600);

        Assert.IsTrue(device.Chip.Radio.InRange);
        Assert.AreEqual(LinkState.Online, device.State);
    }

    [TestMethod]
    public async Task Without_its_broker_the_device_stays_joined_and_comes_back()
    {
        await using Bench bench = await Bench.StartAsync();
        var switched = new List<bool>();
        SimulatedDevice device = Start(bench, "broker@60+30", switched.Add);

        bench.RunFor(75);
        Assert.IsTrue(device.Chip.Radio.IsJoined);
        Assert.AreNotEqual(LinkState.Online, device.State);
        bench.RunFor(600);

        Assert.AreEqual(LinkState.Online, device.State);
        CollectionAssert.AreEqual(new[] { false, true }, switched);
    }

    [TestMethod]
    public async Task Latency_delays_the_answers_for_its_time()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Start(bench, "latency=400@60+30");

        bench.RunFor(75);
        Assert.AreEqual(400, device.Chip.Radio.LatencyMs);
        bench.RunFor(60);

        Assert.AreEqual(0, device.Chip.Radio.LatencyMs);
        Assert.AreEqual(LinkState.Online, device.State);
    }

    [TestMethod]
    [DataRow("sensor=nack:76@60+30", 0x76, SensorFault.Nack)]
    [DataRow("sensor=stuck:77@60+30", 0x77, SensorFault.Stuck)]
    [DataRow("sensor=not-valid@60+30", 0x77, SensorFault.NotValid)]
    [DataRow("sensor=out-of-range@60+30", 0x76, SensorFault.OutOfRange)]
    [DataRow("sensor=short-transfer:76@60+30", 0x76, SensorFault.ShortTransfer)]
    [DataRow("sensor=busy@60+30", 0x76, SensorFault.Busy)]
    [DataRow("sensor=bad-calibration:77@60+30", 0x77, SensorFault.BadCalibration)]
    [DataRow("sensor=copying@60+30", 0x76, SensorFault.Copying)]
    public async Task A_sensor_has_its_fault_for_its_time(string fault, int address, SensorFault expected)
    {
        await using Bench bench = await Bench.StartAsync();
        var options = new DeviceOptions { Sensors = [(SensorModel.Bme280, 0x76), (SensorModel.Bmp280, 0x77)] };
        SimulatedDevice device = Start(bench, fault, options: options);

        bench.RunFor(75);
        Assert.AreEqual(expected, device.Chip.Bus.At(address)!.Fault);
        Assert.AreEqual(fault.Contains(':', StringComparison.Ordinal) ? SensorFault.None : expected, device.Chip.Bus.At(address ^ 1)!.Fault);
        bench.RunFor(30);

        Assert.AreEqual(SensorFault.None, device.Chip.Bus.At(address)!.Fault);
    }

    [TestMethod]
    public async Task A_full_flash_takes_nothing_for_its_time()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Start(bench, "flash@60+30");

        bench.RunFor(75);
        Assert.AreEqual(0, device.Chip.Flash.FreeBytes);
        bench.RunFor(30);

        Assert.IsGreaterThan(0, device.Chip.Flash.FreeBytes);
    }

    [TestMethod]
    public async Task A_clock_drifts_for_its_time()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Start(bench, "clock=1000@60+1000");

        bench.RunFor(1000);

        Assert.AreEqual(0.94, (device.Chip.UtcNow - bench.Time.UtcNow).TotalSeconds, 0.02);
    }

    [TestMethod]
    public async Task Power_comes_back_by_itself_and_the_device_boots_with_empty_RAM()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Start(bench, "power@60+30");

        bench.RunFor(75);
        Assert.AreEqual(ChipStop.PowerCut, device.Chip.Stop);
        bench.RunFor(60);

        Assert.AreEqual(2, device.Chip.Boot);
        Assert.AreEqual(LinkState.Online, device.State);
    }

    [TestMethod]
    public async Task Power_is_cut_within_the_write_that_was_named_and_leaves_it_torn()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Start(bench, "power=1:2@70+30", more: ""","interval":3600""");
        bench.RunFor(65); // It has written by itself that it has lasted a minute.
        device.Chip.Flash.Write(@"I:\before", [1, 2, 3]);
        bench.RunFor(10);

        Assert.ThrowsExactly<PowerCutException>(() => device.Chip.Flash.Write(@"I:\torn", [1, 2, 3]));
        Assert.AreEqual(ChipStop.PowerCut, device.Chip.Stop);
        bench.RunFor(120);

        Assert.AreEqual(2, device.Chip.Boot);
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, device.Chip.Flash.Read(@"I:\torn"));
    }

    [TestMethod]
    public async Task A_power_cut_that_the_firmware_swallowed_still_ends_its_boot()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = Start(bench, "broker@50+120", more: ""","interval":5""");
        AddTo(bench, "power=1:0@60+10");

        bench.RunFor(120);

        Assert.AreEqual(2, device.Chip.Boot);
        Assert.AreEqual(ChipStop.None, device.Chip.Stop);
    }

    [TestMethod]
    public async Task A_fault_that_comes_again_begins_and_ends_each_time()
    {
        await using Bench bench = await Bench.StartAsync();
        var reported = new List<string>();
        bench.BootOnline();
        var schedule = new FaultSchedule(bench.Scheduler, _ => { }, e => reported.Add($"{bench.Time.NowMs / 1000} {e.Text}"));
        schedule.Add(FaultOption.Parse("flash@60+30/100"));

        bench.RunFor(300);

        CollectionAssert.AreEqual(
            new[] { "60 flash begins", "90 flash ends", "160 flash begins", "190 flash ends", "260 flash begins", "290 flash ends" }, reported);
    }

    [TestMethod]
    public async Task A_fault_for_one_device_leaves_the_others_alone()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice first = bench.BootOnline();
        SimulatedDevice second = bench.BootOnline(2);
        AddTo(bench, "wifi@60+30#2");

        bench.RunFor(75);

        Assert.AreEqual(LinkState.Online, first.State);
        Assert.AreNotEqual(LinkState.Online, second.State);
    }

    [TestMethod]
    [DataRow("nonsense")]
    [DataRow("wifi@")]
    [DataRow("wifi@x")]
    [DataRow("wifi=3@60")]
    [DataRow("latency@60")]
    [DataRow("latency=0@60")]
    [DataRow("sensor@60")]
    [DataRow("sensor=nack:78@60")]
    [DataRow("power=0@60")]
    [DataRow("clock=fast")]
    [DataRow("wifi@60+30/30")]
    [DataRow("wifi@60/100")]
    [DataRow("wifi@60#0")]
    [DataRow("")]
    public void A_wrong_fault_is_reported_in_one_line(string text)
    {
        UsageException e = Assert.ThrowsExactly<UsageException>(() => FaultOption.Parse(text));

        StringAssert.StartsWith(e.Message, "--fault ");
        Assert.DoesNotContain("\n", e.Message);
    }

    [TestMethod]
    public void A_fault_file_means_the_same_as_options()
    {
        IReadOnlyList<Fault> faults = Load("""
            {"faults":[
              {"fault":"wifi","at":60,"for":30,"every":86400,"device":2},
              {"fault":"latency","ms":500},
              {"fault":"sensor","kind":"stuck","address":"77","at":5},
              {"fault":"power","write":120,"keep":7,"for":5}]}
            """);

        string[] options = ["wifi@60+30/86400#2", "latency=500", "sensor=stuck:77@5", "power=120:7+5"];
        CollectionAssert.AreEqual(options.Select(FaultOption.Parse).ToArray(), faults.ToArray());
    }

    [TestMethod]
    [DataRow("[]")]
    [DataRow("{")]
    [DataRow("""{"faults":[{"at":3}]}""")]
    [DataRow("""{"faults":[{"fault":"wifi","ms":3}]}""")]
    [DataRow("""{"faults":[{"fault":"wifi","at":true}]}""")]
    [DataRow("""{"faults":[],"more":1}""")]
    public void A_wrong_fault_file_is_reported_in_one_line(string json)
    {
        UsageException e = Assert.ThrowsExactly<UsageException>(() => Load(json));

        StringAssert.StartsWith(e.Message, "--faults ");
        Assert.DoesNotContain("\n", e.Message);
    }

    [TestMethod]
    public async Task The_program_refuses_a_wrong_fault_with_exit_code_2_and_one_line()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunAsync("--fault", "wifi@60+30", "--fault", "rain@60");

        Assert.AreEqual(2, outcome.ExitCode);
        Assert.HasCount(1, outcome.Errors);
        StringAssert.Contains(outcome.Errors[0], "there is no fault 'rain'");
    }

    [TestMethod]
    public async Task The_program_refuses_a_fault_for_a_device_that_is_not_there()
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.RunAsync("--fault", "power@60#2");

        Assert.AreEqual(2, outcome.ExitCode);
        StringAssert.Contains(outcome.Errors[0], "device 2");
    }

    private static SimulatedDevice Start(Bench bench, string fault, Action<bool>? switchBroker = null, DeviceOptions? options = null, string more = "")
    {
        SimulatedDevice device = bench.BootOnline(more: more, options: options);
        AddTo(bench, fault, switchBroker);
        return device;
    }

    private static void AddTo(Bench bench, string fault, Action<bool>? switchBroker = null) =>
        new FaultSchedule(bench.Scheduler, switchBroker ?? (_ => { }), _ => { }).Add(FaultOption.Parse(fault));

    private static IReadOnlyList<Fault> Load(string json)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            return FaultFile.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
