using System.Globalization;
using Boards.NativeSim.Simulation;
using Scenarios.Harness;

namespace Scenarios.Tls;

/// <summary>A bench whose devices connect under TLS to a mosquitto that wants a certificate of each. The client watches without.</summary>
internal sealed class SecureBench : IAsyncDisposable
{
    public const string Id = "esp32-020000000001";

    private SecureBench(Bench bench, MosquittoBroker broker, TestCertificates certificates)
    {
        Bench = bench;
        Broker = broker;
        Certificates = certificates;
    }

    public Bench Bench { get; }

    public MosquittoBroker Broker { get; }

    public TestCertificates Certificates { get; }

    /// <param name="certificates">Gone with the bench.</param>
    /// <param name="tls">The broker's side; null: as it should be.</param>
    public static async Task<SecureBench> StartAsync(TestCertificates certificates, MosquittoTls? tls = null)
    {
        Brokers.Require(MosquittoBroker.Executable, "mosquitto");
        var broker = new MosquittoBroker { Tls = tls ?? certificates.Tls };
        return new SecureBench(await Bench.StartAsync(broker, startUtc: DateTime.UtcNow), broker, certificates);
    }

    /// <summary>Names and PEM of what a device has: the authority, and a certificate of its own.</summary>
    public IReadOnlyList<(string Name, string Pem)> Credentials(string id, string? ca = null, string? own = null) =>
        [("fleet", ca ?? Certificates.CaPem), ("own", own ?? Certificates.Issue(id).Pem)];

    public string Entry(int? port = null, string credential = ",\"credential\":\"own\"") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"host":"127.0.0.1","port":{{port ?? Broker.SecurePort}},"tls":true,"ca":"fleet"{{credential}}}""");

    public SimulatedDevice Boot(int number = 1, string? broker = null, string? ca = null, string? own = null) => Bench.Boot(number, options: new DeviceOptions
    {
        Settings = $$"""{"broker":{{broker ?? Entry()}}}""",
        Credentials = id => Credentials(id, ca, own),
    });

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        Certificates.Dispose();
    }
}
