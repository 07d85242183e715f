using System.Text.Json;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Diagnostics;

/// <summary>A simulated ESP32 that does not stay up.</summary>
[TestClass]
public sealed class SafeModeTests
{
    [TestMethod]
    public async Task Ten_starts_that_do_not_last_lead_to_safe_mode_and_a_restart_leads_out()
    {
        await using Bench bench = await Bench.StartAsync();
        SimulatedDevice device = bench.BootOnline();
        for (int start = 2; start <= 11; start++)
        {
            bench.RunFor(30);
            device.CutPower();
            device.Restart();
            bench.ComeOnline(device, 600);
        }

        int before = bench.Telemetry(device).Count();
        bench.RunFor(120);
        JsonElement info = RequestTests.Result(await bench.RequestAsync(device, "info"));

        Assert.IsTrue(info.GetProperty("safeMode").GetBoolean());
        Assert.AreEqual(11, info.GetProperty("boot").GetInt32());
        Assert.AreEqual(before, bench.Telemetry(device).Count());

        RequestTests.Result(await bench.RequestAsync(device, "restart"));
        bench.RunFor(30);
        bench.WaitFor(() => bench.Telemetry(device).Count() > before, "it does not measure again");
        info = RequestTests.Result(await bench.RequestAsync(device, "info"));

        Assert.IsFalse(info.GetProperty("safeMode").GetBoolean());
        Assert.AreEqual("restart", info.GetProperty("bootRecord").GetProperty("lastEnd").GetString());
    }
}
