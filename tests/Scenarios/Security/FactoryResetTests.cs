using System.Text;
using Boards.Esp32;
using Boards.NativeSim;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Firmware.Security;
using Scenarios.Harness;
using Scenarios.Updates;

namespace Scenarios.Security;

/// <summary>A device that is given back as it left the factory, on the real port and a simulated flash.</summary>
[TestClass]
public sealed class FactoryResetTests
{
    private const string Root = "I:\\";
    private const int Small = 65536;

    [TestMethod]
    public async Task Device_forgets_everything_after_it_said_so()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline(more: ""","interval":2""");
        device.Chip.Radio.Keep(new AccessPoint("home", "password"));
        bench.RunFor(30);
        await bench.RequestAsync(device, "settings.set", """{"values":{"interval":3}}""");

        Received answer = await bench.RequestAsync(device, "factoryReset", $$"""{"confirm":"{{device.Id}}"}""");
        Assert.AreEqual("accepted", answer.Json.GetProperty("result").GetProperty("factoryReset").GetString());
        bench.WaitFor(() => bench.Events(device, "factory-reset").Any(), "the event is not published");
        bench.RunFor(10);

        Assert.AreEqual("offline", bench.Status(device));
        Assert.AreEqual("mqtt.local", device.Settings?.Broker.Host);
        Assert.AreEqual(10, device.Settings?.Interval);
        Assert.IsTrue(string.IsNullOrEmpty(device.Chip.Radio.Stored?.Ssid), "the chip still knows its network");
        string[] left = [.. device.Chip.Flash.Files(Root).Where(file => file.Contains("settings", StringComparison.Ordinal) || file.Contains("erase", StringComparison.Ordinal))];
        Assert.IsEmpty(left, string.Join(" ", left));
        Assert.IsTrue(device.Chip.Pins.History.Any(change => change is { Pin: 2, IsHigh: true }), "the LED was never lit");
    }

    [TestMethod]
    [DataRow(11, true)]
    [DataRow(8, false)]
    public async Task Button_held_after_the_start_erases(int seconds, bool isErased)
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.Boot();
        device.Chip.Pins.Wire(SimulatedBoard.ButtonPin, false);
        bench.RunFor(seconds);
        device.Chip.Pins.Wire(SimulatedBoard.ButtonPin, null);
        bench.RunFor(15);
        Assert.AreEqual(isErased, bench.Events(device, "factory-reset").Any());
        Assert.AreEqual(isErased, device.Settings?.Broker.Host == "mqtt.local");
    }

    [TestMethod]
    public void Power_cut_at_any_write_is_made_up_for_at_the_next_start()
    {
        long writes = Live(0, 0).Flash.Writes;
        for (int write = 1; write <= writes; write++)
        {
            foreach (int kept in new[] { 0, 1, 512 })
            {
                SimulatedChip chip = Live(write, kept);
                string[] files = chip.Flash.Files(Root);

                // Before the marker was whole.
                bool isUntouched = files.Count(file => !file.Contains("erase", StringComparison.Ordinal)) == 6;
                Assert.IsTrue(isUntouched || string.Join(" ", files.Select(file => file[(file.LastIndexOf('\\') + 1)..]).Order()) == "slot-a.bundle slots", $"write {write}, {kept} bytes: {string.Join(" ", files)}");
                Assert.IsTrue(isUntouched || string.IsNullOrEmpty(chip.Radio.Stored?.Ssid), $"write {write}: the chip still knows its network");
                Assert.IsTrue(write <= 4 || !isUntouched, $"write {write}: nothing was erased");
            }
        }

        Assert.IsGreaterThan(15, writes);
    }

    [TestMethod]
    public void Power_cut_at_any_write_leaves_the_installed_image_and_in_the_end_nothing_of_the_staged_one()
    {
        int write = 0;
        bool isCut = true;
        while (isCut)
        {
            write++;
            foreach (int kept in new[] { 0, 1, 512 })
            {
                SlotRig rig = Updated();
                rig.Chip.Flash.CutPowerAtWrite(write, kept);
                rig.Do(Erase);
                isCut = rig.Cuts > 0;
                rig.Chip.Flash.CutPowerAtWrite(0, 0);
                rig.Do(Complete);

                // The first writes are those of the request.
                bool isErased = !rig.Chip.Flash.Files(Root).Contains(Root + "settings.a");
                Assert.IsTrue(isErased || write <= 4, $"write {write}, {kept} bytes: nothing was erased");
                using IDisposable entered = rig.Chip.Enter();
                Assert.AreEqual(("0.2.0", isErased), (rig.Running, rig.Slots.Staged == 0 && rig.Slots.ReadOffer() is null), $"write {write}, {kept} bytes");
            }
        }

        Assert.IsGreaterThan(15, write);
    }

    // Runs an image of a slot, and has begun to download another one. Little flash is free, so that it is overwritten soon.
    private static SlotRig Updated()
    {
        var rig = new SlotRig();
        rig.Install("0.2.0");
        rig.Download("0.3.0");
        rig["settings.a"] = Encoding.ASCII.GetBytes("secret");
        rig["slot-pad"] = new byte[rig.Chip.Flash.CapacityBytes - Small];
        return rig;
    }

    private static bool Erase(UpdateSlots slots) => Erasure.Request(new FileStorage(Root)) && Complete(slots);

    private static bool Complete(UpdateSlots slots) => Erasure.Complete(new FileStorage(Root), new WifiStation(null), null, slots, "slot");

    // Erases a device; when the power fails in it, the device starts again.
    private static SimulatedChip Live(int write, int kept)
    {
        var chip = new SimulatedChip(1, new VirtualTime(), flash: new SimulatedFlash(Small));
        chip.PowerOn(WakeCause.PowerOn);
        chip.Radio.Keep(new AccessPoint("home", "password"));
        foreach (string name in new[] { "settings.a", "settings.b", "boot", "cert-me.a", "slots", "slot-a.bundle" })
        {
            chip.Flash.Write(Root + name, Encoding.ASCII.GetBytes("secret"));
        }

        if (write > 0)
        {
            chip.Flash.CutPowerAtWrite(write, kept);
        }

        bool isRequested = false;
        using (chip.Enter())
        {
            isRequested = Erasure.Request(new FileStorage(Root));
            Complete();
        }

        if (chip.Flash.PowerIsCut)
        {
            chip.PowerOn(WakeCause.PowerOn);
            using (chip.Enter())
            {
                Complete();
            }
        }

        return chip;
    }

    private static void Complete() => Erasure.Complete(new FileStorage(Root), new WifiStation(null), null, null, "slot");
}
