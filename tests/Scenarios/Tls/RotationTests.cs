using Boards.NativeSim.Simulation;
using M2m.Arguments;
using M2m.Client;
using Scenarios.Harness;

namespace Scenarios.Tls;

/// <summary>A certificate is replaced while the device is away, with m2m, through mosquitto.</summary>
[TestClass]
public sealed class RotationTests
{
    private const string Id = SecureBench.Id;

    [TestMethod]
    public async Task Device_goes_on_with_the_new_certificate_and_without_the_old()
    {
        await using SecureBench bench = await SecureBench.StartAsync(new TestCertificates());
        SimulatedDevice device = bench.Boot();
        bench.Bench.ComeOnline(device, 60);
        int exitCode = await RunAsync(bench, "rotate", "own", bench.Certificates.Client(Id));
        Assert.AreEqual(0, exitCode);
        Assert.AreEqual("fleet own-2", await NamesAsync(bench, device));
        Assert.AreEqual("own-2", await CredentialAsync(bench, device));
    }

    [TestMethod]
    public async Task Device_goes_back_to_the_old_certificate_when_the_broker_refuses_the_new_one()
    {
        using var others = new TestCertificates();
        await using SecureBench bench = await SecureBench.StartAsync(new TestCertificates());
        SimulatedDevice device = bench.Boot();
        bench.Bench.ComeOnline(device, 60);
        FailedException failed = await Assert.ThrowsExactlyAsync<FailedException>(() => RunAsync(bench, "rotate", "own", others.Client(Id)));
        StringAssert.Contains(failed.Message, $"{Id} went back to own: not online within 120 s, no connection: TLS: ");
        StringAssert.Contains(failed.Message, "may not know our certificate");
        StringAssert.Contains(failed.Message, ". own-2 is removed");
        Assert.AreEqual("fleet own", await NamesAsync(bench, device));
        Assert.AreEqual("own", await CredentialAsync(bench, device));
    }

    [TestMethod]
    public async Task Authority_of_the_fleet_is_replaced()
    {
        using var others = new TestCertificates();
        await using SecureBench bench = await SecureBench.StartAsync(new TestCertificates());
        SimulatedDevice device = bench.Boot();
        bench.Bench.ComeOnline(device, 60);

        // The new bundle has the old authority too: so the broker's certificate can follow.
        string bundle = bench.Certificates.Write("bundle.pem", others.CaPem + bench.Certificates.CaPem);
        Assert.AreEqual(0, await RunAsync(bench, "rotate", "fleet", bundle));
        Assert.AreEqual("fleet-2 own", await NamesAsync(bench, device));
    }

    private static async Task<string> NamesAsync(SecureBench bench, SimulatedDevice device)
    {
        Received list = await bench.Bench.RequestAsync(device, "credentials.list");
        return string.Join(' ', list.Json.GetProperty("result").GetProperty("credentials").EnumerateArray().Select(one => one.GetProperty("name").GetString()).Order());
    }

    private static async Task<string?> CredentialAsync(SecureBench bench, SimulatedDevice device)
    {
        Received settings = await bench.Bench.RequestAsync(device, "settings.get", """{"keys":["broker"]}""");
        return settings.Json.GetProperty("result").GetProperty("values").GetProperty("broker")[0].GetProperty("credential").GetString();
    }

    // m2m lives in the host's time: virtual time goes on in small steps beside it.
    private static async Task<int> RunAsync(SecureBench bench, params string[] arguments)
    {
        using var interruption = new Interruption();
        Task<int> run = new CommandLine(interruption).InvokeAsync(
        [
            "credentials", Id, .. arguments, "--timeout", "3600", "--broker", bench.Broker.SecureUrl, "--ca", bench.Certificates.CaFile, "--cert", bench.Certificates.Client("operator"),
        ]);
        while (!bench.Bench.Scheduler.PumpUntil(() => run.IsCompleted, TimeSpan.FromMilliseconds(100)))
        {
            bench.Bench.RunFor(1);
        }

        return await run;
    }
}
