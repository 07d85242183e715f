using Boards.NativeSim;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Updates;
using Scenarios.Harness;

namespace Scenarios.Updates;

/// <summary>An operator with the command line, and simulated devices.</summary>
[TestClass]
public sealed class OperatorTests
{
    private const int Fleet = 200;
    private const int Hour = 3_600_000;

    [TestMethod]
    public async Task Update_is_packed_signed_and_pushed_with_the_commands_of_the_README()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("operator-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            NativeSimProgram.Outcome written = await NativeSimProgram.RunAsync("--write-image", At("image"), "--image-version", "0.2.0");
            Assert.AreEqual(0, written.ExitCode, string.Join('\n', written.Errors));
            string[] pack = written.Output[0].Split(' ');
            Assert.AreEqual("m2m", pack[0]);
            await SucceedAsync(null, "update", "keygen", At("key"));
            await SucceedAsync(null, [.. pack[1..], "--out", folder.FullName]);
            await SucceedAsync(null, "update", "sign", "--key", At("key.pem"), At("native-sim-0.2.0.json"));

            await using Bench bench = await Bench.StartAsync(filter: "m2m/+/status");
            DeviceOptions options = UpdateBench.Options with { UpdateKeys = [UpdateKeyFile.Load(At("key.pub.pem"))] };
            SimulatedDevice[] devices = [.. Enumerable.Range(1, 3).Select(number => bench.BootOnline(number, options: options))];
            string text = await SucceedAsync(
                bench.Scheduler, "update", "push", "--broker", $"mqtt://127.0.0.1:{bench.Broker.Port}", "--group", "all", "--force", At("native-sim-0.2.0.json"));

            Console.WriteLine(text);
            Assert.IsTrue(devices.All(device => StagedImage.ConfirmedOf(device) == "0.2.0"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    public async Task Rollout_of_a_bad_version_stops_by_itself_and_all_return()
    {
        await using UpdateBench bench = await UpdateBench.StartAsync(Brokers.Mosquitto, "m2m/+/event");
        Release release = bench.Shelf.Add("0.2.0", ImageBuilder.Build("0.2.0", Defect.NeverMeasures));
        List<SimulatedDevice> devices = bench.BootFleet(Fleet, bench.Bench.Broker.Port, ""","update":{"trial":60}""");

        (int exitCode, string text) = await OperatorProgram.RunAsync(
            bench.Bench.Scheduler, "update", "push", "--broker", $"mqtt://127.0.0.1:{bench.Bench.Broker.Port}", "--group", "all", "--force", release.Path);
        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(() => devices.TrueForAll(device => device.State == LinkState.Online), Hour));

        Console.WriteLine(text);
        Assert.AreEqual(1, exitCode);
        Assert.IsInRange(1, Fleet / 10, bench.CountReported("rolled-back"), "a first wave had it, and no more");
        Assert.IsTrue(devices.TrueForAll(device => StagedImage.ConfirmedOf(device) is null));
    }

    private static async Task<string> SucceedAsync(Scheduler? world, params string[] arguments)
    {
        (int exitCode, string text) = await OperatorProgram.RunAsync(world, arguments);
        Assert.AreEqual(0, exitCode, text);
        return text;
    }
}
