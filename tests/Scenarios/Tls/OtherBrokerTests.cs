using System.Globalization;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Tls;

/// <summary>Brokers other than mosquitto under TLS: they answer a port's first connection, which is no handshake, in their own way.</summary>
[TestClass]
public sealed class OtherBrokerTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [TestMethod]
    public async Task Device_is_online_at_NATS()
    {
        Brokers.Require(NatsBroker.Executable, "nats-server");
        await using var broker = new NatsBroker { Certificates = _certificates };
        await broker.StartAsync();
        await ExpectOnlineAsync(broker, broker.Port);
    }

    [TestMethod]
    public async Task Device_is_online_at_RabbitMQ()
    {
        Brokers.Require(RabbitMqBroker.Executable, "rabbitmq-server");
        await using var broker = new RabbitMqBroker { Certificates = _certificates };
        await broker.StartAsync();
        await ExpectOnlineAsync(broker, broker.SecurePort);
    }

    // A device without a certificate gets nothing there: so it is TLS that it is online over.
    private async Task ExpectOnlineAsync(ITestBroker broker, int port)
    {
        await using Bench bench = Bench.At(broker, DateTime.UtcNow);
        SimulatedDevice device = Boot(bench, 1, port, ",\"credential\":\"own\"");
        SimulatedDevice stranger = Boot(bench, 2, port, string.Empty);
        bool isOnline = bench.Scheduler.RunUntil(() => device.State == LinkState.Online, 60_000);
        Assert.IsTrue(isOnline, string.Join("; ", bench.Log.Where(entry => entry.Reason?.Length > 0).Select(entry => entry.Reason).Distinct()));
        bench.RunFor(30);
        Assert.AreEqual(LinkState.Online, device.State);
        Assert.AreNotEqual(LinkState.Online, stranger.State);
    }

    private SimulatedDevice Boot(Bench bench, int number, int port, string credential) => bench.Boot(number, options: new DeviceOptions
    {
        Settings = string.Create(CultureInfo.InvariantCulture, $$"""{"broker":{"host":"127.0.0.1","port":{{port}},"tls":true,"ca":"fleet"{{credential}} } }"""),
        Credentials = id => [("fleet", _certificates.CaPem), ("own", _certificates.Issue(id).Pem)],
    });
}
