using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Client.Certificates;

namespace Scenarios.Tls;

/// <summary>Devices at a mosquitto with <c>require_certificate true</c>.</summary>
[TestClass]
public sealed class TlsTests
{
    // Longer than the pauses between attempts.
    private const int SomeAttemptsSeconds = 90;

    [TestMethod]
    [DataRow(null)]
    [DataRow(MosquittoTls.Version12)]
    [DataRow(MosquittoTls.Version13)]
    public async Task Device_with_a_certificate_is_online(string? version)
    {
        var certificates = new TestCertificates();
        await using SecureBench bench = await SecureBench.StartAsync(certificates, certificates.Tls with { Version = version });
        SimulatedDevice device = bench.Boot();
        bench.Bench.ComeOnline(device, 60);
        Assert.IsFalse((await bench.Bench.RequestAsync(device, "ping")).Json.TryGetProperty("error", out _));
    }

    [TestMethod]
    [DataRow("expired", "the broker's certificate has expired (the device's time is ")]
    [DataRow("later", "the broker's certificate is not yet valid (the device's time is ")]
    [DataRow("name", "the broker's certificate has another name")]
    public async Task Broker_with_a_wrong_certificate_gets_nothing(string kind, string reason)
    {
        var certificates = new TestCertificates();
        string server = kind switch
        {
            "expired" => certificates.Server(kind, -30, -1, "127.0.0.1"),
            "later" => certificates.Server(kind, 10, 30, "127.0.0.1"),
            _ => certificates.Server(kind, "broker.example"),
        };
        await using SecureBench bench = await SecureBench.StartAsync(certificates, new MosquittoTls(certificates.CaFile, server));
        ExpectNothing(bench, bench.Boot(), reason);
    }

    [TestMethod]
    public async Task Name_in_the_certificate_may_differ_from_the_address()
    {
        var certificates = new TestCertificates();
        string server = certificates.Server("name", "broker.example");
        await using SecureBench bench = await SecureBench.StartAsync(certificates, new MosquittoTls(certificates.CaFile, server));
        bench.Bench.ComeOnline(bench.Boot(broker: bench.Entry(credential: ",\"credential\":\"own\",\"hostName\":\"broker.example\"")), 60);
    }

    [TestMethod]
    public async Task Broker_of_an_unknown_authority_gets_nothing()
    {
        using var others = new TestCertificates();
        await using SecureBench bench = await SecureBench.StartAsync(new TestCertificates());
        ExpectNothing(bench, bench.Boot(ca: others.CaPem), "the broker's certificate is signed by an unknown authority");
    }

    [TestMethod]
    [DataRow("none", null)]
    [DataRow("none", MosquittoTls.Version12)]
    [DataRow("stranger", null)]
    [DataRow("expired", null)]
    [DataRow("expired", MosquittoTls.Version12)]
    [DataRow("revoked", null)]
    public async Task Device_without_a_right_certificate_gets_nothing(string kind, string? version)
    {
        using var others = new TestCertificates();
        var certificates = new TestCertificates();
        IssuedCertificate revoked = certificates.Issue(SecureBench.Id);
        await using SecureBench bench = await SecureBench.StartAsync(certificates, certificates.Tls with { Version = version, RevocationFile = certificates.Revoke(revoked) });
        SimulatedDevice device = kind switch
        {
            "none" => bench.Boot(broker: bench.Entry(credential: string.Empty)),
            "stranger" => bench.Boot(own: others.Issue(SecureBench.Id).Pem),
            "expired" => bench.Boot(own: certificates.Issue(SecureBench.Id, -30, -1).Pem),
            _ => bench.Boot(own: revoked.Pem),
        };
        ExpectNothing(bench, device, "may not know our certificate");

        // The list is of one certificate only.
        bench.Bench.ComeOnline(bench.Boot(number: 2), 60);
    }

    [TestMethod]
    public async Task Device_is_back_when_a_peer_that_is_silent_in_the_handshake_is_gone()
    {
        await using SecureBench bench = await SecureBench.StartAsync(new TestCertificates());
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        SimulatedDevice device = bench.Boot(broker: $"[{bench.Entry(port)},{bench.Entry()}]");

        // The device looks first whether anything answers.
        Assert.IsTrue(bench.Bench.Scheduler.RunUntil(silent.Pending, SomeAttemptsSeconds * 1000), "nobody connects");
        using (TcpClient probe = await AcceptAsync(silent))
        {
            // Closed before, the connection may be reset, which is no answer.
            bench.Bench.WaitFor(() => probe.Available > 0, "no ClientHello");
            await probe.GetStream().ReadExactlyAsync(new byte[probe.Available]);
        }

        // Nothing but the host brings this end to the device: in virtual time it might take longer than the device waits.
        bench.Bench.WaitFor(silent.Pending, "the device does not come back");
        using (TcpClient peer = await AcceptAsync(silent))
        {
            bench.Bench.WaitFor(() => device.Chip.IsInNativeCall, "no handshake");
            bench.Bench.RunFor(1);
            Assert.AreNotEqual(LinkState.Online, device.State);
        }

        silent.Stop();
        bench.Bench.WaitFor(() => !device.Chip.IsInNativeCall, "the handshake does not end");
        bench.Bench.ComeOnline(device, SomeAttemptsSeconds);
        Assert.IsFalse((await bench.Bench.RequestAsync(device, "ping")).Json.TryGetProperty("error", out _));
    }

    // Devices of several numbers: their pauses differ, and so does what happens while another one waits.
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Broker_behind_one_that_accepts_and_stays_silent_is_reached(bool isSecure)
    {
        const int Devices = 10;
        await using SecureBench bench = await SecureBench.StartAsync(new TestCertificates());
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(4 * Devices);
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        string brokers = isSecure
            ? $"{bench.Entry(port)},{bench.Entry()}"
            : string.Create(CultureInfo.InvariantCulture, $$"""{"host":"127.0.0.1","port":{{port}}},{"host":"127.0.0.1","port":{{bench.Broker.Port}}}""");
        SimulatedDevice[] devices = [.. Enumerable.Range(1, Devices).Select(number => bench.Boot(number, $"[{brokers}]"))];
        bool areOnline = bench.Bench.Scheduler.RunUntil(() => Array.TrueForAll(devices, device => device.State == LinkState.Online), SomeAttemptsSeconds * 1000);
        Assert.IsTrue(areOnline, $"online: {devices.Count(device => device.State == LinkState.Online)} of {Devices}; under way: {bench.Bench.Time.DescribeHolds()}");
    }

    [TestMethod]
    public async Task Five_hundred_devices_connect_at_once()
    {
        const int Devices = 500;
        const long MostBytesPerDevice = 400 * 1024;
        await using SecureBench bench = await SecureBench.StartAsync(new TestCertificates());
        long before = GC.GetTotalMemory(forceFullCollection: true);
        SimulatedDevice[] devices = [.. Enumerable.Range(1, Devices).Select(number => bench.Boot(number))];
        bool areOnline = bench.Bench.Scheduler.RunUntil(() => Array.TrueForAll(devices, device => device.State == LinkState.Online), 300_000);
        Assert.IsTrue(areOnline, $"online: {devices.Count(device => device.State == LinkState.Online)} of {Devices}");
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Devices;
        Assert.IsLessThan(MostBytesPerDevice, each);
    }

    private static async Task<TcpClient> AcceptAsync(TcpListener listener)
    {
        TcpClient peer = await listener.AcceptTcpClientAsync();
        await peer.GetStream().ReadExactlyAsync(new byte[1]);
        return peer;
    }

    private static void ExpectNothing(SecureBench bench, SimulatedDevice device, string reason)
    {
        bench.Bench.RunFor(SomeAttemptsSeconds);
        Assert.AreNotEqual(LinkState.Online, device.State);
        Assert.IsNull(bench.Bench.Status(device));
        string[] reasons = [.. bench.Bench.Log.Where(entry => entry.Type == "state" && entry.Reason?.Length > 0).Select(entry => entry.Reason!).Distinct()];
        Assert.IsTrue(Array.Exists(reasons, one => one.Contains(reason, StringComparison.Ordinal)), string.Join("; ", reasons));
    }
}
