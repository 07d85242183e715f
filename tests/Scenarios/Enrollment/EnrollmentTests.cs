using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Enrollment;

/// <summary>Boards with bootstrap settings become devices of a site, or stay as they were.</summary>
[TestClass]
public sealed class EnrollmentTests
{
    [TestMethod]
    public async Task New_device_gets_certificate_settings_and_site_and_loses_the_bootstrap_credential()
    {
        await using EnrollmentBench bench = await EnrollmentBench.StartAsync();
        SimulatedDevice device = bench.Boot();
        bench.ComeOnline(device);
        await using EnrollmentBench.Operator server = bench.Serve(bench.Rules(), "--log", bench.LogFile);
        bench.Until(() => bench.IsEnrolled(device), "it is not enrolled", () => server.Out + server.Error);

        Assert.AreEqual(33, device.Settings!.Interval);
        Assert.AreEqual("own", device.Settings!.Broker.Credential);
        Assert.AreEqual(bench.Broker.DevicesPort, device.Settings!.Broker.Port);
        Assert.AreEqual("fleet own", await bench.CredentialsAsync(device, EnrollmentBench.Site));
        bench.Until(() => server.Out.Contains("enrolled m2m/hall", StringComparison.Ordinal), "it is not reported", () => server.Out + server.Error);
        string[] log = await File.ReadAllLinesAsync(bench.LogFile);
        Assert.HasCount(2, log);
        StringAssert.Contains(log[0], $"\"device\":\"{device.Id}\",\"state\":\"issued\",\"site\":\"m2m/hall\",\"serial\":\"");
        StringAssert.Contains(log[1], "\"state\":\"enrolled\"");
    }

    [TestMethod]
    public async Task Five_hundred_devices_at_once_with_the_server_killed_twice_are_all_enrolled()
    {
        const int Devices = 500;
        await using EnrollmentBench bench = await EnrollmentBench.StartAsync();
        SimulatedDevice[] devices = [.. Enumerable.Range(1, Devices).Select(number => bench.Boot(number))];
        bench.ComeOnline(devices);
        string rules = bench.Rules();
        foreach (int part in new[] { Devices / 5, Devices / 2 })
        {
            await using EnrollmentBench.Operator server = bench.Serve(rules, "--at-once", "10");
            bench.Until(() => devices.Count(device => !bench.IsWaiting(device)) >= part, $"{part} have not left", () => server.Out + server.Error);
            await server.KillAsync();
            int left = devices.Count(device => !bench.IsWaiting(device));
            Assert.IsTrue(left < Devices, $"all have left before the server was killed: {left}");
        }

        await using EnrollmentBench.Operator last = bench.Serve(rules);
        bench.Until(() => Array.TrueForAll(devices, device => bench.IsEnrolled(device)), "not all are enrolled", () => $"{devices.Count(device => bench.IsEnrolled(device))} are: {last.Out[^Math.Min(2000, last.Out.Length)..]} {last.Error}", hostSeconds: 300);
        Assert.IsTrue(Array.TrueForAll(devices, device => device.Settings!.Interval == 33));
    }
}
