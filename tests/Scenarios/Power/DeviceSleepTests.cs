using Boards.Esp32;
using Boards.NativeSim.Faults;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Boards.NativeSim;
using Firmware.Platform;
using M2m.Client.Arguments;
using Scenarios.Harness;

namespace Scenarios.Power;

/// <summary>A device whose chip is put to deep sleep from outside: it ends, and starts again from its flash.</summary>
[TestClass]
public sealed class DeviceSleepTests
{
    private const string Sparing = ""","interval":1""";

    [TestMethod]
    public async Task Device_wakes_from_its_flash_and_comes_online_again()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Sparing);
        long acknowledged = device.Deliveries.PacksAcknowledged;

        Sleep(bench, device, 60);
        bench.RunFor(50);
        Assert.IsTrue(device.IsStopped);
        Assert.AreEqual(LinkState.Off, device.State);
        bench.RunFor(20);

        Assert.AreEqual(LinkState.Online, device.State);
        Assert.AreEqual(2, device.Chip.Boot);
        Assert.IsGreaterThan(acknowledged, device.Deliveries.PacksAcknowledged);
        Assert.AreEqual(1, device.Energy.Wakes);
        Assert.AreEqual(1, device.Energy.RadioWakes);
    }

    [TestMethod]
    public async Task Device_that_disconnects_before_it_sleeps_leaves_no_will()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Sparing);
        device.Stop();
        bench.RunFor(2);

        Sleep(bench, device, 60);
        bench.RunFor(30);

        Assert.AreEqual("offline", bench.Status(device));
    }

    [TestMethod]
    public async Task Device_that_just_sleeps_leaves_its_will()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Sparing);

        Sleep(bench, device, 60);
        bench.RunFor(5);
        bench.WaitFor(() => bench.Status(device) is "lost", "no will");
    }

    [TestMethod]
    public async Task Pin_fault_wakes_the_device()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Sparing);
        var schedule = new FaultSchedule(bench.Scheduler, _ => { }, _ => { });
        schedule.Add(FaultOption.Parse("pin=33:0@100+2"));

        Sleep(bench, device, 3600, 33);
        bench.RunFor(120);

        Assert.AreEqual(LinkState.Online, device.State);
        Assert.AreEqual(WakeCause.Pin, device.Chip.WakeCause);
    }

    [TestMethod]
    public async Task Drift_fault_counts_for_its_time()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.Boot(options: new DeviceOptions { SleepDriftPpm = 500 });
        var schedule = new FaultSchedule(bench.Scheduler, _ => { }, _ => { });
        schedule.Add(FaultOption.Parse("drift=-20000@10+20"));

        bench.RunFor(15);
        Assert.AreEqual(-20_000, device.Chip.SleepTimer.DriftPpm);
        bench.RunFor(30);

        Assert.AreEqual(500, device.Chip.SleepTimer.DriftPpm);
    }

    [TestMethod]
    public async Task Power_that_goes_while_the_device_sleeps_wakes_it_only_when_it_is_back()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Sparing);
        Sleep(bench, device, 60);
        bench.RunFor(10);
        device.PowerBackAfterMs = 600_000;
        device.CutPower();

        bench.RunFor(300);
        Assert.IsTrue(device.IsStopped);
        bench.RunFor(320);

        Assert.AreEqual(WakeCause.PowerOn, device.Chip.WakeCause);
        Assert.AreEqual(LinkState.Online, device.State);
    }

    [TestMethod]
    public async Task Device_with_an_empty_battery_stays_off()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Sparing, options: new DeviceOptions { BatteryMah = 10 });
        Assert.IsNotNull(device.Energy.DaysLeft);

        bench.RunFor(1200);

        Assert.IsTrue(device.IsStopped);
        Assert.AreEqual(ChipStop.PowerCut, device.Chip.Stop);
        Assert.AreEqual(10, device.Energy.ChargeMah, 0.2);
    }

    [TestMethod]
    public async Task Device_whose_clock_drifted_in_its_sleep_is_put_right_when_it_is_online()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: Sparing, options: new DeviceOptions { SleepDriftPpm = 20_000 });
        bench.RunFor(5);

        Sleep(bench, device, 3600);
        bench.RunFor(3680);

        Assert.AreEqual(0, (device.Chip.UtcNow - bench.Time.UtcNow).TotalSeconds, 0.5);
    }

    [TestMethod]
    public async Task The_same_seed_draws_the_same_charge()
    {
        EnergyFigures first = await LiveAsync(7);
        EnergyFigures second = await LiveAsync(7);
        EnergyFigures other = await LiveAsync(8);

        Assert.AreEqual(first, second);
        Assert.AreNotEqual(first.ChargeMah, other.ChargeMah);
        Assert.AreEqual(5, first.Wakes);
        Assert.AreEqual(5, first.RadioWakes);
    }

    // Joins that take their time, sleeps that drift, an outage.
    private static async Task<EnergyFigures> LiveAsync(int seed)
    {
        await using Bench bench = await Bench.StartAsync();
        var options = new DeviceOptions { Seed = seed, SleepDriftPpm = 3_000, BatteryMah = 500, Settings = bench.Settings(Sparing) };
        SimulatedDevice device = bench.Scheduler.Add(1, options);
        new FaultSchedule(bench.Scheduler, _ => { }, _ => { }).Add(FaultOption.Parse("wifi@130+40"));
        device.Boot();
        for (int i = 0; i < 5; i++)
        {
            bench.RunFor(20);
            Sleep(bench, device, 60);
            bench.RunFor(60);
        }

        return device.Energy;
    }

    [TestMethod]
    [DataRow("pin")]
    [DataRow("pin=40")]
    [DataRow("pin=33:2")]
    [DataRow("drift")]
    [DataRow("drift=100001")]
    public void Wrong_faults_are_refused(string fault) => Assert.ThrowsExactly<UsageException>(() => FaultOption.Parse(fault));

    // As the firmware would, between two of its steps.
    private static void Sleep(Bench bench, SimulatedDevice device, int seconds, int pin = -1)
    {
        using (device.Chip.Enter())
        {
            Assert.ThrowsExactly<ChipDeepSleepException>(() => new ChipPower(SimulatedBoard.PinTable, PinTable.None).Sleep(seconds * 1000L, pin, false, false));
        }

        bench.RunFor(1);
    }
}
